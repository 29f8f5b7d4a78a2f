// The README's paintings: the bundled samples in the built-in styles, with the default settings.
// Command: npx tsx scripts/readme/gallery.ts   (about six minutes; writes media/readme; paintings are kept in out/readme)
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, 'media', 'readme');
const work = path.join(root, 'out', 'readme');
const sample = (name: string): string => path.join(root, 'media', 'samples', `${name}.jpg`);

/** Rows of the gallery: a sample, and the styles that it is painted in. */
const rows: Readonly<Record<string, readonly string[]>> = {
  'still-life': ['impasto', 'stained-glass', 'mosaic', 'pointillism'],
  landscape: ['wave', 'watercolour', 'woodcut', 'ink-wash'],
};

/** Pixels of the longer side that is painted, of a cell in the gallery, and between two cells. */
const [SIZE, CELL, GAP] = [768, 280, 8];

/** Paints a sample unless that was done before. */
function painting(content: string, style: string): string {
  const file = path.join(work, `${content}-${style}.png`);
  if (fs.existsSync(file)) return file;
  const asked = ['stylize', sample(content), `swatch:${style}`, '-o', file, '--size', String(SIZE)];
  const { status } = spawnSync(process.execPath, ['scripts/atelier.mjs', ...asked], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${path.basename(file)} could not be painted`);
  return file;
}

const jpeg = { quality: 78, mozjpeg: true, chromaSubsampling: '4:4:4' } as const;

/** A square cell of a picture. */
const cell = (file: string): Promise<Buffer> =>
  sharp(file).resize(CELL, CELL, { fit: 'cover' }).png().toBuffer();

/** One row for each sample: the photograph first, then its paintings. */
async function gallery(): Promise<void> {
  const lines = Object.entries(rows);
  const columns = Math.max(...lines.map(([, styles]) => styles.length)) + 1;
  const cells = await Promise.all(
    lines.flatMap(([content, styles], row) =>
      [sample(content), ...styles.map(style => painting(content, style))].map(async (file, column) => ({
        input: await cell(file),
        left: column * (CELL + GAP),
        top: row * (CELL + GAP),
      })),
    ),
  );
  const [width, height] = [columns, lines.length].map(count => count * (CELL + GAP) - GAP);
  await sharp({ create: { width: width!, height: height!, channels: 3, background: 'white' } })
    .composite(cells)
    .jpeg(jpeg)
    .toFile(path.join(folder, 'gallery.jpg'));
}

/** Pixels of the film, how many pictures it has from one end to the other, and milliseconds of each. */
const film = { width: 640, height: 480, pictures: 20, delay: 70, hold: 1200 } as const;

/** Where the divider stands in each picture of the film, from 0 to 1 and back. */
function dividers(): readonly number[] {
  const there = Array.from(
    { length: film.pictures },
    (_, i) => (1 - Math.cos((Math.PI * i) / (film.pictures - 1))) / 2,
  );
  return [...there, ...there.slice(1, -1).reverse()];
}

/** A divider that uncovers the painting under the photograph, and covers it again. */
async function slider(content: string, style: string): Promise<void> {
  const { width, height, delay, hold } = film;
  const pixels = (file: string): Promise<Buffer> =>
    sharp(file).resize(width, height, { fit: 'cover' }).removeAlpha().raw().toBuffer();
  const [before, after] = await Promise.all([pixels(sample(content)), pixels(painting(content, style))]);
  const places = dividers();
  const pages = places.map(place => {
    const page = Buffer.from(before);
    const edge = Math.round(place * width);
    for (let y = 0; y < height; y++) {
      const row = y * width * 3;
      after.copy(page, row, row, row + edge * 3);
      page.fill(255, row + Math.max(0, edge - 1) * 3, row + Math.min(width, edge + 1) * 3);
    }
    return page;
  });
  const raw = { width, height: height * pages.length, channels: 3, pageHeight: height } as const;
  await sharp(Buffer.concat(pages), { raw })
    .webp({
      quality: 75,
      effort: 6,
      loop: 0,
      delay: places.map(place => (place === 0 || place === 1 ? hold : delay)),
    })
    .toFile(path.join(folder, 'slider.webp'));
}

async function main(): Promise<void> {
  fs.mkdirSync(work, { recursive: true });
  await gallery();
  await slider('still-life', 'impasto');
}

void main();
