import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { paintRecipe, recipeOf } from '../../bench/paintRecipe';
import { sumOfGroup } from '../../src/nst/terms/term';
import { ratioOf } from '../../src/protocol/strength';
import { presetFor } from '../../src/recipe/presets';

const media = path.resolve(__dirname, '../../media');
const pair = [`${media}/samples/still-life.jpg`, `${media}/swatches/impasto.jpg`] as const;

describe.each(['gram', 'bures', 'wasserstein'] as const)('the strength slider with %s', statistics => {
  it('goes evenly from a light touch to a dissolved picture', async () => {
    const content = async (ratio: number) => {
      const look = { ...presetFor('studio', { statistics }), size: 48, steps: 16, ratio };
      return sumOfGroup((await paintRecipe(recipeOf(pair, look))).losses.terms, 'content');
    };
    const dissolved = await content(0);
    const lost = async (strength: number) => (await content(ratioOf(strength, statistics))) / dissolved;
    const [lightest, middle, strongest] = [await lost(0), await lost(50), await lost(100)];
    expect(lightest).toBeLessThan(0.15);
    expect(middle - lightest).toBeGreaterThan(0.1);
    // So small a picture dissolves early with Gram matrices.
    expect(middle).toBeLessThan(statistics === 'gram' ? strongest : 0.7);
    expect(strongest).toBeGreaterThan(0.75);
  });
});
