import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EngineOwner } from '../../../src/extension/engine/engineOwner';
import { Previews } from '../../../src/extension/previews';
import type { Settings } from '../../../src/extension/settings';

let storage: string;
beforeEach(() => (storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-previews-'))));
afterEach(() => fs.rmSync(storage, { recursive: true }));

it('old previews go, and nothing else that lies in their folder', async () => {
  const previews = new Previews({} as EngineOwner, { storage } as Settings);
  const own = [`${'0a'.repeat(16)}.webp`, '.atelier-0123456789ab.tmp'];
  const others = ['holiday.webp', 'notes.txt', `${'0a'.repeat(16)}.png`];
  fs.mkdirSync(previews.folder);
  for (const name of [...own, ...others]) fs.writeFileSync(path.join(previews.folder, name), 'x');
  const day = 86_400_000;
  await previews.prune(2, Date.now() + day);
  expect(fs.readdirSync(previews.folder)).toHaveLength(5);
  await previews.prune(2, Date.now() + 3 * day);
  expect(fs.readdirSync(previews.folder).sort()).toEqual([...others].sort());
});
