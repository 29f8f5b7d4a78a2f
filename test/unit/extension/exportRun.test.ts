import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { version } from '../../../src/common/version';
import { exportFolder } from '../../../src/extension/export/exportRun';
import type { Previews } from '../../../src/extension/previews';
import type { Run } from '../../../src/extension/runs/run';
import { initialState } from '../../../src/jobs/state';
import { presets } from '../../../src/recipe/presets';
import { completeRecipe, readRecipeFile } from '../../../src/recipe/recipeFile';

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: { t: (text: string) => text },
  workspace: { asRelativePath: (file: string) => file },
}));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-export-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

it('exports a recipe that can be run from where it lies, and tells nobody the folders of this machine', async () => {
  const at = (name: string) => path.join(folder, name);
  fs.writeFileSync(at('photo.png'), 'photo');
  const recipe = {
    ...presets.studio,
    content: at('photo.png'),
    styles: [{ image: 'swatch:mosaic', weight: 1 }],
    output: at('result.png'),
  };
  const run: Run = {
    ...{ folder: at('job'), createdAt: '2026-01-01T00:00:00Z', recipe, state: initialState },
    ...{ here: false, elsewhere: false, resumable: false },
  };
  const previews = { of: () => Promise.resolve(at('photo.png')) } as unknown as Previews;
  const exported = await exportFolder(run, at('exported'), previews);
  const file = path.join(exported, 'recipe.atelier.json');
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({
    atelier: version,
    content: '../photo.png',
  });
  const { output: _output, ...asked } = recipe;
  expect(completeRecipe(readRecipeFile(file))).toEqual(asked);
  const page = fs.readFileSync(path.join(exported, 'index.html'), 'utf8');
  expect(page).toContain('Beyond the edge');
  expect(page).not.toContain(folder);
});
