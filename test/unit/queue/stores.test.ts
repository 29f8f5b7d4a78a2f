import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { blobs } from '../../../src/queue/store/blobStore';
import { FolderStore } from '../../../src/queue/store/folderStore';

const id = '0123456789abcdef'.repeat(4);
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-store-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

it('a folder keeps blobs whole, by their names', async () => {
  const store = new FolderStore(path.join(folder, 'shared'));
  expect(await store.read(blobs.input(id))).toBeUndefined();
  expect(await store.exists(blobs.input(id))).toBe(false);
  await store.write(blobs.checkpoint(id, 12), Buffer.from('twelve'));
  await store.write(blobs.checkpoint(id, 3), Buffer.from('three'));
  await store.write(blobs.checkpoint(id, 3), Buffer.from('another three'));
  expect(await store.list(blobs.checkpoints(id))).toEqual([
    blobs.checkpoint(id, 3),
    blobs.checkpoint(id, 12),
  ]);
  expect(String(await store.read(blobs.checkpoint(id, 3)))).toBe('another three');
  expect(await store.exists(blobs.checkpoint(id, 12))).toBe(true);
  expect(await store.list(blobs.checkpoints('f'.repeat(64)))).toEqual([]);
});

it('no name leads out of it', async () => {
  const store = new FolderStore(folder);
  fs.writeFileSync(path.join(folder, 'secret'), '');
  for (const name of [
    'secret',
    '../secret',
    `inputs/../${id}`,
    `inputs/${id}/..`,
    `results/${id.slice(1)}`,
    '/etc/passwd',
  ]) {
    await expect(store.read(name)).rejects.toThrow(/no name of a blob/);
    await expect(store.write(name, Buffer.from(''))).rejects.toThrow(/no name of a blob/);
  }
});

it('says what it could not write, and leaves nothing', async () => {
  const store = new FolderStore(folder);
  fs.writeFileSync(path.join(folder, 'inputs'), 'a file in the way');
  await expect(store.write(blobs.input(id), Buffer.from('x'))).rejects.toMatchObject({
    code: 'write-failed',
  });
  expect(fs.readdirSync(folder)).toEqual(['inputs']);
});
