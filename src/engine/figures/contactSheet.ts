import sharp from 'sharp';
import { writeAtomically } from '../../jobs/atomic';
import { escapeHtml } from '../../escapeHtml';
import type { Size } from '../../nst/image';
import type { FigureFolder, FigurePicture } from './figureFolder';

const GAP = 12;
const LINE = 26;

/** Writes all pictures of a figure on one sheet, `sheet.png`, rows and columns as given, each with its caption. */
export async function writeContactSheet(
  figure: FigureFolder,
  rows: readonly (readonly FigurePicture[])[],
  size: Size,
): Promise<string> {
  const columns = Math.max(...rows.map(row => row.length));
  const width = columns * (size.width + GAP) + GAP;
  const height = rows.length * (size.height + 2 * LINE + GAP) + GAP;
  const overlays = rows.flatMap((row, r) =>
    row.flatMap((picture, c) => {
      const left = GAP + c * (size.width + GAP);
      const top = GAP + r * (size.height + 2 * LINE + GAP);
      const title = [picture.row, picture.column].filter(text => text !== '').join(' · ');
      return [
        { input: line(title, size.width, '#222', 600), left, top },
        { input: figure.at(picture.file), left, top: top + LINE },
        { input: line(picture.caption, size.width, '#666', 400), left, top: top + LINE + size.height },
      ];
    }),
  );
  const sheet = sharp({ create: { width, height, channels: 3, background: 'white' } }).composite(overlays);
  writeAtomically(figure.at('sheet.png'), [await sheet.png().toBuffer()]);
  return figure.at('sheet.png');
}

function line(text: string, width: number, color: string, weight: number): Buffer {
  const style = `font-family="sans-serif" font-size="13" font-weight="${weight}" fill="${color}"`;
  return Buffer.from(
    `<svg width="${width}" height="${LINE}"><text x="0" y="18" ${style}>${escapeHtml(text)}</text></svg>`,
  );
}
