import { describe, expect, it } from 'vitest';
import {
  controlsBehind,
  controlsNow,
  controlsOf,
  describeChange,
  giveStrengths,
  marksOf,
  tunedControls,
} from '../../../src/extension/studio/controls';
import { initialState } from '../../../src/jobs/state';
import { presets } from '../../../src/recipe/presets';
import type { Recipe } from '../../../src/recipe/recipe';
import { strengthsOf } from '../../../src/recipe/strengths';

const recipe: Recipe = {
  ...presets.studio,
  content: '/photo.jpg',
  styles: [{ image: '/style.jpg', weight: 1 }],
  ratio: 0.004,
  styleLayers: { conv1_1: 0.5, conv3_1: 1.5 },
  tv: 20,
};

describe('controls of a run with regions', () => {
  const style = [{ image: '/other.jpg', weight: 1 }];
  const regions = [
    { mask: '/face.png', keep: true } as const,
    { mask: '/sky.png', styles: style, weight: 4 },
  ];
  const withRegions = { ...recipe, regions };

  it.each([
    [
      'of the rest',
      [
        { number: 0, weight: 1 },
        { number: 2, weight: 4 },
      ],
    ],
    ['where a region is all', [{ number: 2, weight: 4 }]],
  ])('are those that the strengths come from: %s', (_, parts) => {
    const strengths = strengthsOf(withRegions, parts);
    const controls = controlsBehind(strengths, withRegions);
    expect(controls.ratio).toBeCloseTo(0.004, 12);
    expect(controls.styleLayers).toEqual({
      conv1_1: expect.closeTo(0.5, 12) as number,
      conv3_1: expect.closeTo(1.5, 12) as number,
    });
    expect(giveStrengths(controls, withRegions, strengths)).toBe(true);
    expect(giveStrengths({ ...controls, ratio: 0.005 }, withRegions, strengths)).toBe(false);
  });
});

describe('controls of a run', () => {
  it('begin with what the recipe says', () => {
    expect(controlsOf(recipe)).toEqual({
      ratio: 0.004,
      tv: 20,
      styleLayers: { conv1_1: 0.5, conv3_1: 1.5 },
    });
  });

  it('take what is tuned, keep the rest, and know no layers but their own', () => {
    const tuning = { ratio: 0.01, styleLayers: { conv3_1: 0, conv5_1: 9 } };
    expect(tunedControls(controlsOf(recipe), tuning)).toEqual({
      ratio: 0.01,
      tv: 20,
      styleLayers: { conv1_1: 0.5, conv3_1: 0 },
    });
  });

  it('are found again behind the factors of a retune', () => {
    const controls = { ratio: 0.05, tv: 7, styleLayers: { conv1_1: 1, conv3_1: 1 } };
    const found = controlsBehind(strengthsOf({ ...recipe, ...controls }), recipe);
    expect(found.ratio).toBeCloseTo(0.05, 12);
    expect(found.tv).toBe(7);
    expect(found.styleLayers.conv1_1).toBeCloseTo(1, 12);
    expect(found.styleLayers.conv3_1).toBeCloseTo(1, 12);
  });

  it('are those of the last retune, and what was asked for since', () => {
    const strengths = strengthsOf({ ...recipe, ratio: 0.05, tv: 7 });
    const run = { recipe, state: { ...initialState, retunings: [{ step: 3, strengths }] } };
    expect(controlsNow({ recipe, state: initialState }, {})).toEqual(controlsOf(recipe));
    expect(controlsNow(run, {}).ratio).toBeCloseTo(0.05, 12);
    expect(controlsNow(run, { ratio: 0.01 })).toMatchObject({ ratio: 0.01, tv: 7 });
  });

  it('are equivalent to the factors when the weights have another sum', () => {
    const strengths = strengthsOf({ ...recipe, ratio: 0.01, styleLayers: { conv1_1: 3, conv3_1: 5 } });
    expect(giveStrengths(controlsBehind(strengths, recipe), recipe, strengths)).toBe(true);
  });

  it('are found for style alone', () => {
    const strengths = strengthsOf({ ...recipe, ratio: 0 });
    expect(controlsBehind(strengths, recipe)).toEqual({ ...controlsOf(recipe), ratio: 0 });
  });

  it('tell factors that they give from others', () => {
    const controls = controlsOf(recipe);
    expect(giveStrengths(controls, recipe, strengthsOf(recipe))).toBe(true);
    expect(giveStrengths(controls, recipe, strengthsOf({ ...recipe, tv: 21 }))).toBe(false);
    expect(giveStrengths({ ...controls, ratio: 0.005 }, recipe, strengthsOf(recipe))).toBe(false);
  });
});

describe('marks in the curves', () => {
  it('say what changed, and nothing else', () => {
    const before = controlsOf(recipe);
    const after = tunedControls(before, { ratio: 0.0123456, styleLayers: { conv1_1: 1 } });
    expect(describeChange(before, after)).toBe('α/β 0.004 → 0.0123, conv1_1 0.5 → 1');
    expect(describeChange(before, before)).toBe('');
  });

  it('follow each other', () => {
    const first = strengthsOf({ ...recipe, tv: 5 });
    const second = strengthsOf({ ...recipe, tv: 8 });
    expect(
      marksOf(
        [
          { step: 10, strengths: first },
          { step: 30, strengths: second },
        ],
        recipe,
      ),
    ).toEqual([
      { step: 10, label: 'γ 20 → 5' },
      { step: 30, label: 'γ 5 → 8' },
    ]);
  });
});
