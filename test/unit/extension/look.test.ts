import { expect, it, vi } from 'vitest';
import { lookControls, lookOf, withLook } from '../../../src/extension/stylize/look';
import { LOOK_FIELDS } from '../../../src/protocol/look';
import { strengthOf } from '../../../src/protocol/strength';
import { presetFor, presets } from '../../../src/recipe/presets';
import type { Recipe } from '../../../src/recipe/recipe';

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  env: { language: 'en' },
  workspace: { asRelativePath: (text: string) => text },
}));

const pictures = { content: '/photo.jpg', styles: [{ image: '/style.jpg', weight: 1 }] };
const recipe: Recipe = { ...presets.studio, ...pictures };

it('controls are named, and of names each value, with what it means', () => {
  const controls = lookControls();
  expect(controls.map(({ field }) => field)).toEqual(LOOK_FIELDS);
  expect(controls.filter(({ label }) => label === '')).toEqual([]);
  expect(controls[0]?.choices).toContainEqual({
    ...{ value: 'luminance', label: 'Luminance' },
    detail: 'colours of the content image, painted in greys',
  });
});

it('a recipe takes what is set, and keeps the rest', () => {
  const look = { colors: 'match', steps: 30, size: undefined } as const;
  expect(withLook(recipe, look)).toEqual({ ...recipe, colors: 'match', steps: 30 });
  expect(lookOf(withLook(recipe, look))).toMatchObject({ colors: 'match', steps: 30, size: recipe.size });
});

it('another statistic is as strong and smooth as the one before, there and back', () => {
  const gram = withLook(recipe, { statistics: 'gram' });
  const { tv, styleLayers } = presetFor('studio', { statistics: 'gram' });
  expect(gram).toMatchObject({ statistics: 'gram', tv, styleLayers });
  expect(strengthOf(gram.ratio, 'gram')).toBeCloseTo(strengthOf(recipe.ratio, 'bures'), 0);
  const back = withLook(gram, { statistics: 'bures' });
  expect(back.ratio / recipe.ratio).toBeCloseTo(1, 1);
  expect({ ...back, ratio: 0 }).toEqual({ ...recipe, ratio: 0 });
});

it('layers that a person has weighed stay, and so does style alone', () => {
  const own = { ...recipe, ratio: 0, styleLayers: { conv1_1: 1 } };
  expect(withLook(own, { statistics: 'gram' })).toMatchObject({ ratio: 0, styleLayers: { conv1_1: 1 } });
});

it("the papers' sums stay those of Gram matrices", () => {
  const paper: Recipe = { ...presets.paper, ...pictures };
  expect(withLook(paper, { statistics: 'bures', steps: 9 })).toEqual({ ...paper, steps: 9 });
});
