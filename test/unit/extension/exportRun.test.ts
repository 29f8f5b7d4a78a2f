import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { version } from '../../../src/common/version';
import { exportFolder, exportPage, type Exporting } from '../../../src/extension/export/exportRun';
import type { Run } from '../../../src/extension/runs/run';
import { initialState } from '../../../src/jobs/state';
import { presets } from '../../../src/recipe/presets';
import { completeRecipe, readRecipeFile } from '../../../src/recipe/recipeFile';

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: {
    t: (text: string, ...values: unknown[]) =>
      values.reduce<string>((said, value, i) => said.replace(`{${i}}`, String(value)), text),
  },
  workspace: { asRelativePath: (file: string) => file },
}));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-export-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const previewing = (file: string): Exporting['previews'] => ({ of: () => Promise.resolve(file) });
const noEngine: Exporting['engine'] = { ask: () => Promise.reject(new Error('no engine')) };

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
  const exported = await exportFolder(run, at('exported'), {
    previews: previewing(at('photo.png')),
    engine: noEngine,
  });
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

describe('a page', () => {
  const painted = path.join(folder, 'painted.png');
  fs.writeFileSync(painted, 'painted');
  const recipe = {
    ...presets.studio,
    content: path.join(folder, 'gone.png'),
    styles: [{ image: 'swatch:mosaic', weight: 1 }],
  };
  const run: Run = {
    ...{ folder: path.join(folder, 'other'), createdAt: '2026-01-01T00:00:00Z', recipe },
    ...{ state: { ...initialState, output: painted }, here: false, elsewhere: false, resumable: false },
  };
  const pageWith = async (engine: Exporting['engine'], of = run) => {
    const file = path.join(folder, 'page.html');
    await exportPage(of, file, { previews: previewing(painted), engine });
    return fs.readFileSync(file, 'utf8');
  };
  const report = {
    ...{ network: 'vgg19', independent: true, distances: {}, distance: 0.0712, contentDistance: 0.32 },
    ...{ contentError: 0.98, clipped: 0.0123, chroma: 1.07 },
  };

  it('says what another network thinks of the saved picture', async () => {
    const asked: unknown[] = [];
    const ask = (request: unknown) => {
      asked.push(request);
      return Promise.resolve(report);
    };
    const page = await pageWith({ ask: ask as Exporting['engine']['ask'] });
    const { content, styles, model } = recipe;
    expect(asked).toEqual([{ type: 'judge', image: painted, content, styles, model }]);
    expect(page).toMatch(/Judged by<\/th><td>vgg19, which did not paint it</);
    expect(page).toContain('0.0712 (the content image: 0.32)');
    expect(page).toContain('1.23%');
  });

  it('says so when the network that painted is its own judge', async () => {
    const ask = () => Promise.resolve({ ...report, network: 'lite', independent: false });
    const page = await pageWith({ ask: ask as Exporting['engine']['ask'] });
    expect(page).toContain('lite, the network that painted it');
  });

  it('is written without a judgement where there can be none', async () => {
    expect(await pageWith(noEngine)).not.toContain('Judged by');
    const unsaved = { ...run, state: initialState };
    const never: Exporting['engine'] = { ask: () => Promise.resolve(report as never) };
    expect(await pageWith(never, unsaved)).not.toContain('Judged by');
  });
});
