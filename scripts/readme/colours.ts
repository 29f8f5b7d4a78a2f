// The pictures of docs/colours.md: a bundled sample with each treatment of colours.
// Command: npx tsx scripts/readme/colours.ts   (a minute; writes docs/colours)
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';
import { fields } from '../../src/recipe/fields';

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, 'docs', 'colours');
const [content, style] = [path.join(root, 'media/samples/landscape.jpg'), 'swatch:impasto'];
const SIDE = 400;

/** A picture as small as the page shows it. */
async function shrunk(from: string, name: string): Promise<void> {
  const picture = sharp(from).resize(SIDE, SIDE, { fit: 'inside' });
  await picture
    .jpeg({ quality: 80, mozjpeg: true, chromaSubsampling: '4:4:4' })
    .toFile(path.join(folder, `${name}.jpg`));
}

async function main(): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-colours-'));
  await shrunk(content, 'content');
  await shrunk(path.join(root, 'media/swatches/impasto.jpg'), 'style-image');
  for (const colors of Object.keys(fields.colors.type.choices)) {
    const painted = path.join(work, `${colors}.png`);
    const asked = ['stylize', content, style, '-o', painted, '--size', String(SIDE), '--colors', colors];
    const { status } = spawnSync(process.execPath, ['scripts/atelier.mjs', ...asked], {
      cwd: root,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`${colors} could not be painted`);
    await shrunk(painted, colors);
  }
  fs.rmSync(work, { recursive: true });
}

void main();
