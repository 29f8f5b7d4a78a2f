import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { STYLES } from '../catalogue.mjs';
import { paint } from '../pictures/mosaic.mjs';

test('the committed list of styles says of each style in the catalogue what people see, and nothing else', async () => {
  const index = await readFile(new URL('../../media/swatches/index.json', import.meta.url), 'utf8');
  const expected = STYLES.map(({ id, file, title, description }) => ({
    id,
    file: file.replace('swatches/', ''),
    title,
    description,
  }));
  assert.deepEqual(JSON.parse(index), expected);
});

test('rendering gives the same bytes every time', () => {
  const [first, second] = [paint({ width: 64, height: 64 }), paint({ width: 64, height: 64 })];
  assert.deepEqual([first.width, first.height], [64, 64]);
  assert.equal(Buffer.compare(first.bytes(), second.bytes()), 0);
  assert.ok(new Set(first.bytes()).size > 100);
});
