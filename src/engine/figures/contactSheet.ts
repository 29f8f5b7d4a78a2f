import sharp from 'sharp';
import { writeAtomically } from '../../jobs/atomic';
import { escapeHtml } from '../../escapeHtml';
import type { FigureFolder, FigurePicture } from './figureFolder';

const GAP = 12;
const LINE = 24;
/** Pixels that a title needs where the pictures are smaller. */
const SHORTEST_LINE = 150;

/**
 * Writes all pictures of a figure on one sheet, `sheet.png`, rows and columns as given, each with its caption; a cell
 * has room for the largest picture.
 */
export async function writeContactSheet(
  figure: FigureFolder,
  rows: readonly (readonly FigurePicture[])[],
): Promise<string> {
  const sizes = await Promise.all(rows.flat().map(({ file }) => sharp(figure.at(file)).metadata()));
  const cell = {
    width: Math.max(SHORTEST_LINE, ...sizes.map(({ width }) => width)),
    height: Math.max(...sizes.map(({ height }) => height)),
  };
  const columns = Math.max(...rows.map(row => row.length));
  const width = columns * (cell.width + GAP) + GAP;
  const height = rows.length * (cell.height + 3 * LINE + GAP) + GAP;
  const overlays = rows.flatMap((row, r) =>
    row.flatMap((picture, c) => {
      const left = GAP + c * (cell.width + GAP);
      const top = GAP + r * (cell.height + 3 * LINE + GAP);
      const title = [picture.row, picture.column].filter(text => text !== '').join(' · ');
      const below = top + LINE + cell.height;
      return [
        { input: line(title, cell.width, '#222', 600), left, top },
        { input: figure.at(picture.file), left, top: top + LINE },
        ...picture.caption
          .split(', ')
          .map((part, i) => ({ input: line(part, cell.width, '#666', 400), left, top: below + i * LINE })),
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
