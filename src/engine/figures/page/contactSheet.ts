import sharp from 'sharp';
import { writeAtomically } from '../../../common/atomicFile';
import { escapeHtml } from '../../../common/escapeHtml';
import { captionsOf, nameOf } from './captions';
import type { FigureFolder, FigurePicture } from '../figureFolder';
import { ENGLISH, type Language } from './language';

/** Pictures of an only row that still stand beside each other, and of a row where they do not. */
const [WIDEST, WRAPPED] = [6, 4];
const GAP = 12;
const LINE = 24;
/** Pixels that a title needs where the pictures are smaller. */
const SHORTEST_LINE = 210;

/**
 * Writes all pictures of a figure on one sheet, `sheet.png`, rows and columns as given (an only row of many is wrapped),
 * each with its caption; rows are
 * as high as their pictures, columns as wide as the widest.
 */
export async function writeContactSheet(
  figure: FigureFolder,
  pictures: readonly (readonly FigurePicture[])[],
  { format: say }: Language = ENGLISH,
): Promise<string> {
  const rows = wrapped(pictures);
  const sizes = await Promise.all(
    rows.map(row => Promise.all(row.map(({ file }) => sharp(figure.at(file)).metadata()))),
  );
  const cellWidth = Math.max(SHORTEST_LINE, ...sizes.flat().map(({ width }) => width));
  const heights = sizes.map(row => Math.max(...row.map(({ height }) => height)));
  /** Top of each row, and of what would be the next. */
  const tops = [GAP];
  for (const rowHeight of heights) tops.push((tops.at(-1) ?? GAP) + rowHeight + 3 * LINE + GAP);
  const width = Math.max(...rows.map(row => row.length)) * (cellWidth + GAP) + GAP;
  const height = tops.at(-1) ?? GAP;
  const overlays = rows.flatMap((row, r) =>
    row.flatMap((picture, c) => {
      const left = GAP + c * (cellWidth + GAP);
      const top = tops[r] ?? GAP;
      const title = nameOf(picture).map(say).join(' · ');
      const below = top + LINE + (heights[r] ?? 0);
      return [
        { input: line(title, cellWidth, '#222', 600), left, top },
        { input: figure.at(picture.file), left, top: top + LINE },
        ...captionsOf(picture).map((part, i) => ({
          input: line(say(part), cellWidth, '#666', 400),
          ...{ left, top: below + i * LINE },
        })),
      ];
    }),
  );
  const sheet = sharp({ create: { width, height, channels: 3, background: 'white' } }).composite(overlays);
  writeAtomically(figure.at('sheet.png'), [await sheet.png().toBuffer()]);
  return figure.at('sheet.png');
}

/** A single row of many pictures in rows of four. */
function wrapped(rows: readonly (readonly FigurePicture[])[]): readonly (readonly FigurePicture[])[] {
  const [only = []] = rows;
  if (rows.length > 1 || only.length <= WIDEST) return rows;
  return only.flatMap((_, i) => (i % WRAPPED === 0 ? [only.slice(i, i + WRAPPED)] : []));
}

function line(text: string, width: number, color: string, weight: number): Buffer {
  const style = `font-family="sans-serif" font-size="13" font-weight="${weight}" fill="${color}"`;
  return Buffer.from(
    `<svg width="${width}" height="${LINE}"><text x="0" y="18" ${style}>${escapeHtml(text)}</text></svg>`,
  );
}
