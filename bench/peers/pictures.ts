import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { writeSheet, type Tile } from '../contactSheet';
import { descents } from './convergence';
import { folderOf, pairs, workplace } from './problem';

/**
 * Writes what the programs had painted at equal loss, a race a row, as one JPEG; returns its file, undefined where no
 * pictures are left on this machine.
 */
export async function writePictures(): Promise<string | undefined> {
  const rows: Tile[][] = [];
  for (const { model, size, pooling, pair: name, init, losses } of descents().values()) {
    const pair = pairs().find(one => one.name === name);
    const album = pair && path.join(folderOf({ model, size, pair, init, pooling }), 'pictures');
    if (album === undefined || !fs.existsSync(album)) continue;
    const files = fs.readdirSync(album).sort();
    rows.push(
      await Promise.all(
        files.map(async file => {
          const [, program = '', count = ''] = /^(.*) (\d+)\.ppm$/.exec(file) ?? [];
          const loss = losses[program]?.[Number(count) - 1] ?? NaN;
          const image = await pngOf(path.join(album, file));
          return { label: `${name}, ${init}: ${program}, ${count}: ${loss.toPrecision(4)}`, image };
        }),
      ),
    );
  }
  if (rows.length === 0) return undefined;
  const file = path.join(workplace, 'equal-loss.jpg');
  await writeSheet(file, rows);
  return file;
}

/** A binary PPM as both programs write it, with a header of one line. */
async function pngOf(file: string): Promise<Buffer> {
  const bytes = fs.readFileSync(file);
  const end = bytes.indexOf('\n');
  const [, width, height] = bytes.toString('ascii', 0, end).split(' ').map(Number);
  const raw = { width: width!, height: height!, channels: 3 as const };
  return sharp(bytes.subarray(end + 1), { raw })
    .png()
    .toBuffer();
}
