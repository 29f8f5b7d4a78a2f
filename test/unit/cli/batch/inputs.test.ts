import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findInputs, type InputOptions } from '../../../../src/cli/batch/inputs';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-inputs-'));
const at = (name: string) => path.join(root, ...name.split('/'));
const files = [
  'b.jpg',
  'A.PNG',
  'deep/c.webp',
  'deep/raw/d.tif',
  'notes.txt',
  'out/b-wave.png',
  '[x] & y.gif',
];

beforeAll(() => {
  for (const file of files) {
    fs.mkdirSync(path.dirname(at(file)), { recursive: true });
    fs.writeFileSync(at(file), '');
  }
  fs.writeFileSync(at('list.txt'), 'b.jpg\r\n\ndeep/c.webp\nb.jpg\n');
});
afterAll(() => fs.rmSync(root, { recursive: true }));

const found = async (named: readonly string[], options: Partial<InputOptions> = {}) => {
  const inputs = await findInputs(named, { recursive: true, output: at('out'), ...options });
  return inputs.map(({ file, folder }) => [path.relative(root, file), folder].join(' in '));
};

it('a folder gives its images, of any case and depth, and none of the output folder', async () => {
  expect(await found([root])).toEqual([
    'A.PNG in ',
    '[x] & y.gif in ',
    'b.jpg in ',
    path.join('deep', 'c.webp in deep'),
    `${path.join('deep', 'raw', 'd.tif')} in ${path.join('deep', 'raw')}`,
  ]);
});

it('filters, depth and the output folder are the user’s', async () => {
  expect(await found([root], { recursive: false })).toEqual(['A.PNG in ', '[x] & y.gif in ', 'b.jpg in ']);
  expect(await found([root], { include: ['**/*.{jpg,webp}'], exclude: ['deep/**'] })).toEqual(['b.jpg in ']);
  // Results beside their pictures: nothing is kept out.
  expect(await found([at('out')], { output: at('out') })).toEqual([`${path.join('out', 'b-wave.png')} in `]);
});

it('a pattern begins at the folder that it names, and a name with brackets is a name', async () => {
  expect(await found([`${root}/d*/**/*.{webp,TIF}`])).toEqual([
    path.join('deep', 'c.webp in deep'),
    `${path.join('deep', 'raw', 'd.tif')} in ${path.join('deep', 'raw')}`,
  ]);
  expect(await found([at('[x] & y.gif'), at('b.jpg'), at('b.jpg')])).toEqual([
    '[x] & y.gif in ',
    'b.jpg in ',
  ]);
});

it('a list names files relative to itself, each once', async () => {
  expect(await found([], { list: at('list.txt') })).toEqual(['b.jpg in ', path.join('deep', 'c.webp in ')]);
});

it('what is not there is said', async () => {
  await expect(found([at('none.jpg')])).rejects.toMatchObject({ code: 'file-missing' });
  await expect(found([], { list: at('none.txt') })).rejects.toMatchObject({ code: 'file-missing' });
  await expect(found([at('*.bmp')])).rejects.toMatchObject({ code: 'usage' });
  await expect(found([])).rejects.toMatchObject({ code: 'usage' });
});
