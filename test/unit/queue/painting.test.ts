import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FileHashes, identify } from '../../../src/queue/painting';
import { presets } from '../../../src/recipe/presets';
import type { Recipe } from '../../../src/recipe/recipe';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-painting-'));
const at = (name: string) => path.join(folder, name);
beforeAll(() => {
  for (const [name, text] of Object.entries({ a: 'sea', b: 'sea', c: 'land' }))
    fs.writeFileSync(at(name), text);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const recipe = (fields: Partial<Recipe> = {}): Recipe => ({
  ...presets.studio,
  content: at('a'),
  styles: [{ image: 'swatch:wave', weight: 1 }],
  ...fields,
});
const idOf = async (fields: Partial<Recipe> = {}) => (await identify(recipe(fields), new FileHashes())).id;

it('a painting is known by its settings and the bytes that it is made from, not by names', async () => {
  const id = await idOf();
  expect(id).toMatch(/^[\da-f]{64}$/);
  expect(await idOf({ content: at('b'), name: 'At the sea', output: at('out.png') })).toBe(id);
  const { steps, ...rest } = recipe();
  expect((await identify({ steps, ...rest }, new FileHashes())).id).toBe(id);
  const others = [
    { content: at('c') },
    { steps: 7 },
    { styles: [{ image: 'swatch:mosaic', weight: 1 }] },
    { init: at('c') },
  ];
  const ids = await Promise.all(others.map(idOf));
  expect(new Set([id, ...ids]).size).toBe(5);
});

it('a file that has changed is another one', async () => {
  const hashes = new FileHashes();
  const first = await identify(recipe({ content: at('c') }), hashes);
  fs.writeFileSync(at('c'), 'a larger land');
  expect((await identify(recipe({ content: at('c') }), hashes)).id).not.toBe(first.id);
  await expect(idOf({ content: at('none') })).rejects.toMatchObject({ code: 'file-missing' });
});
