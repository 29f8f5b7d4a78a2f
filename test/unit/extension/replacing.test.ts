import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { askToReplace } from '../../../src/extension/stylize/replacing';
import { presets } from '../../../src/recipe/presets';
import type { Recipe } from '../../../src/recipe/recipe';

const ask = vi.hoisted(() => vi.fn(() => Promise.resolve('Replace')));
vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  window: { showWarningMessage: ask },
}));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-replacing-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
beforeEach(() => ask.mockClear());

const file = (name: string): string => {
  fs.writeFileSync(path.join(folder, name), name);
  return path.join(folder, name);
};
const recipe = (output: string): Recipe => ({
  ...presets.studio,
  content: file('photo.png'),
  styles: [{ image: 'swatch:mosaic', weight: 1 }],
  output,
});

it('asks before a file is replaced', async () => {
  expect(await askToReplace([recipe(file('mine.png'))])).toBe(true);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('refuses to replace the photograph that is painted, without a question', async () => {
  const asked = askToReplace([recipe(path.join(folder, 'free.png')), recipe(file('photo.png'))]);
  await expect(asked).rejects.toMatchObject({ code: 'usage' });
  expect(ask).not.toHaveBeenCalled();
});
