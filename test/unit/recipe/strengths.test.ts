import { describe, expect, it } from 'vitest';
import { retunedWeighting } from '../../../src/engine/run/tuning';
import { presets } from '../../../src/recipe/presets';
import { strengthsOf, weightingOf } from '../../../src/recipe/strengths';

const weighting = {
  ...weightingOf(presets.studio),
  ratio: 1 / 300,
  contentLayers: { conv4_2: 2 },
  styleLayers: { conv1_1: 0.25, conv2_1: 0.75 },
  tv: 60,
};

describe('strengths', () => {
  it('are α = 1, β = 1/ratio, and γ', () => {
    const strengths = strengthsOf({ ...weighting, range: 1000 });
    expect(strengths).toMatchObject({ 'content:conv4_2': 2, tv: 60, range: 1000 });
    expect(strengths['style:conv1_1']).toBeCloseTo(75, 10);
    expect(strengths['style:conv2_1']).toBeCloseTo(225, 10);
  });

  it('leave content out for ratio 0, with β = 1', () => {
    expect(strengthsOf({ ...weighting, ratio: 0 })).toMatchObject({
      'content:conv4_2': 0,
      'style:conv1_1': 0.25,
      'style:conv2_1': 0.75,
      tv: 60,
    });
  });
});

it('colours outside the range are no term without a weight', () => {
  expect(strengthsOf({ ...weighting, range: 0 })).not.toHaveProperty('range');
});

describe('tuning', () => {
  it('changes what it names and nothing else', () => {
    expect(retunedWeighting(weighting, { tv: 5, styleLayers: { conv2_1: 3, conv4_1: 9 } })).toEqual({
      ...weighting,
      tv: 5,
      styleLayers: { conv1_1: 0.25, conv2_1: 3 },
    });
    expect(retunedWeighting(weighting, {})).toEqual(weighting);
    expect(retunedWeighting(weighting, { ratio: 0 }).ratio).toBe(0);
  });
});
