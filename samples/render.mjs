/**
 * Renders the sample pictures, the built-in styles and the icon into media/.
 *
 *   npm run render -- [--only NAME[,NAME…]] [--out FOLDER] [--jobs N]
 *
 * The same sources give the same pictures: every random number is seeded.
 */
import { once } from 'node:events';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import pLimit from 'p-limit';
import sharp from 'sharp';
import { CONTENT, STYLES } from './catalogue.mjs';
import { jpeg } from './encode.mjs';

const MEDIA = fileURLToPath(new URL('../media', import.meta.url));

async function save(path, bytes) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}

async function renderPicture({ picture, out }) {
  const { paint } = await import(picture.paint);
  const bytes = await jpeg(paint());
  await save(join(out, picture.file), bytes);
  return bytes.length;
}

/** The product's icon, from the drawing that is edited by hand. */
async function renderIcon(out) {
  const bytes = await sharp(join(MEDIA, 'icon.svg'), { density: 144 }).resize(256, 256).png().toBuffer();
  await save(join(out, 'icon.png'), bytes);
}

/** Renders one picture on a thread of its own and says what came of it. */
async function renderInThread(picture, out) {
  const started = performance.now();
  const worker = new Worker(new URL(import.meta.url), { workerData: { picture, out } });
  const [size] = await once(worker, 'message');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${picture.file}  ${Math.ceil(size / 1024)} KiB  ${seconds} s`);
}

async function main() {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, out: { type: 'string' }, jobs: { type: 'string' } },
  });
  const out = values.out ?? MEDIA;
  const all = [...CONTENT, ...STYLES];
  const names = values.only?.split(',');
  const unknown = names?.filter(name => !all.some(({ id }) => id === name)) ?? [];
  if (unknown.length > 0) {
    console.error(
      `No picture named ${unknown.join(', ')}. There are: ${all.map(({ id }) => id).join(', ')}.`,
    );
    process.exitCode = 2;
    return;
  }
  const chosen = names ? all.filter(({ id }) => names.includes(id)) : all;
  const turn = pLimit(Number(values.jobs ?? availableParallelism()));
  await Promise.all(chosen.map(picture => turn(() => renderInThread(picture, out))));
  if (!names) await renderIcon(out);
  const index = STYLES.map(({ id, file, title, description }) => ({
    id,
    file: file.replace('swatches/', ''),
    title,
    description,
  }));
  await save(join(out, 'swatches/index.json'), `${JSON.stringify(index, null, 2)}\n`);
}

if (isMainThread) await main();
else parentPort.postMessage(await renderPicture(workerData));
