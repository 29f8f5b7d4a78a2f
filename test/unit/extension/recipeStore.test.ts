import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { RecipeStore } from '../../../src/extension/recipes/recipeStore';
import type { Settings } from '../../../src/extension/settings';

vi.mock('vscode', () => ({ l10n: { t: (text: string) => text }, workspace: { isTrusted: false } }));

const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-recipes-'));
afterAll(() => fs.rmSync(storage, { recursive: true }));

it('shows recipes by the names that they give themselves, else by those of their files', async () => {
  const folder = path.join(storage, 'recipes');
  fs.mkdirSync(folder);
  const files = {
    a: '// oil on canvas\n{ "name": "Oil", }',
    b: '{ "steps": 9 }',
    c: '',
    d: '{ "name": "Half a rec',
    e: 'null',
  };
  for (const [name, text] of Object.entries(files))
    fs.writeFileSync(path.join(folder, `${name}.atelier.json`), text);
  const recipes = await new RecipeStore({ storage } as Settings).list();
  expect(recipes.map(({ title }) => title)).toEqual(['Oil', 'b', 'c', 'Half a rec', 'e']);
});
