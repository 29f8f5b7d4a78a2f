import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { paintRecipe } from '../../bench/paintRecipe';
import { readImage } from '../../src/images/decode';
import type { Recipe } from '../../src/recipe/recipe';
import { completeRecipe, parseRecipe } from '../../src/recipe/recipeFile';
import type { FloatImage } from '../../src/nst/image';
import { resourcePath } from '../../src/common/resources';

const folder = path.resolve(__dirname, 'golden');
const names = fs
  .readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => path.parse(name).name);

/** A complete recipe as the first version of its fields wrote it; its files are named from the repository's root. */
function recipeOf(name: string): Recipe {
  const value = JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8')) as Recipe;
  const [content, model] = [value.content, value.model].map(resourcePath);
  return completeRecipe(parseRecipe({ ...value, content, model }, name));
}

/** Mean difference of two pictures, in steps of an 8-bit file. */
function difference(a: FloatImage, b: FloatImage): number {
  const step = (value: number) => Math.round(255 * Math.min(1, Math.max(0, value)));
  return a.data.reduce((sum, value, i) => sum + Math.abs(step(value) - step(b.data[i]!)), 0) / a.data.length;
}

describe('a complete recipe gives what it gave when it was written', () => {
  // Not to the bit: another machine's instructions round otherwise, and a descent carries that on.
  it.each(names)('%s', async name => {
    const { image } = await paintRecipe(recipeOf(name));
    const kept = await readImage(path.join(folder, `${name}.png`));
    expect(difference(image, await kept.at(kept))).toBeLessThan(0.5);
    const content = await readImage(recipeOf(name).content);
    expect(difference(image, await content.at(image))).toBeGreaterThan(5);
  });
});
