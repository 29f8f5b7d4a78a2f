// The pictures of docs/pictures.md: the bundled landscape, with one setting changed at a time.
// Command: npx tsx scripts/readme/recipes.ts   (two minutes; writes docs/pictures)
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, 'docs', 'pictures');
const content = path.join(root, 'media/samples/landscape.jpg');

/** Pixels of the longer side that is painted unless a recipe says otherwise, and of the picture in the page. */
const [SIZE, SHOWN] = [256, 256];

/** Arguments after the content image, by the picture's name. */
const recipes: Readonly<Record<string, readonly string[]>> = {
  default: ['swatch:impasto'],
  light: ['swatch:impasto', '--ratio', '1/5'],
  strong: ['swatch:impasto', '--ratio', '1/200'],
  fine: ['swatch:impasto', '--style-scale', '0.5'],
  coarse: ['swatch:impasto', '--style-scale', '2'],
  gram: ['swatch:impasto', '--statistics', 'gram'],
  noise: ['swatch:impasto', '--init', 'noise'],
  blend: ['swatch:impasto', 'swatch:wave'],
  small: ['swatch:impasto', '--size', '160'],
  large: ['swatch:impasto', '--size', '400'],
  woodcut: ['swatch:woodcut'],
  lineart: ['swatch:woodcut', '--preset', 'lineart'],
};

async function main(): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-recipes-'));
  for (const [name, settings] of Object.entries(recipes)) {
    const painted = path.join(work, `${name}.png`);
    const size = settings.includes('--size') ? [] : ['--size', String(SIZE)];
    const asked = ['stylize', content, ...settings, ...size, '-o', painted];
    const { status } = spawnSync(process.execPath, ['scripts/atelier.mjs', ...asked], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`${name} could not be painted`);
    await sharp(painted)
      .resize(SHOWN, SHOWN, { fit: 'inside' })
      .jpeg({ quality: 78, mozjpeg: true, chromaSubsampling: '4:4:4' })
      .toFile(path.join(folder, `${name}.jpg`));
  }
  fs.rmSync(work, { recursive: true });
}

void main();
