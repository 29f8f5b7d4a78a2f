import sharp from 'sharp';

/** A picture with a line of text over it. */
export interface Tile {
  readonly label: string;
  /** An image file, or its bytes. */
  readonly image: string | Buffer;
}

const WIDTH = 400;
const HEIGHT = 300;
const LINE = 22;
const GAP = 4;

/** Writes rows of pictures as one JPEG; each is shown whole, on white. */
export async function writeSheet(file: string, rows: readonly (readonly Tile[])[]): Promise<void> {
  const overlays = await Promise.all(
    rows.flatMap((row, y) =>
      row.map(async ({ label, image }, x) => {
        const [left, top] = [x * (WIDTH + GAP), y * (HEIGHT + LINE + GAP)];
        const picture = await sharp(image)
          .resize(WIDTH, HEIGHT, { fit: 'contain', background: 'white' })
          .toBuffer();
        return [
          { input: line(label), left, top },
          { input: picture, left, top: top + LINE },
        ];
      }),
    ),
  );
  const width = Math.max(...rows.map(row => row.length)) * (WIDTH + GAP);
  const height = rows.length * (HEIGHT + LINE + GAP);
  await sharp({ create: { width, height, channels: 3, background: 'white' } })
    .composite(overlays.flat())
    .jpeg({ quality: 88 })
    .toFile(file);
}

function line(text: string): Buffer {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return Buffer.from(
    `<svg width="${WIDTH}" height="${LINE}"><rect width="100%" height="100%" fill="white"/>` +
      `<text x="4" y="16" font-family="DejaVu Sans" font-size="14">${escaped}</text></svg>`,
  );
}
