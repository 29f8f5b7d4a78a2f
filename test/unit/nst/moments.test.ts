import { describe, expect, it } from 'vitest';
import { blendMoments, type Moments } from '../../../src/nst/moments';

/** Moments of so many positions of two channels, about a mean. */
function moments(mean: readonly [number, number], spread: number, positions: number): Moments {
  const covariance = [spread, 0, 0, 2 * spread];
  return {
    ...{ layer: 'conv1_1', channels: 2, positions, meanActivation: (mean[0] + mean[1]) / 2 },
    gram: Float64Array.from(covariance, (value, i) => value + mean[i >> 1]! * mean[i & 1]!),
    covariance: Float64Array.from(covariance),
    mean: Float64Array.from(mean),
  };
}

describe('the moments of a blend', () => {
  const [first, second] = [moments([1, 2], 0.5, 100), moments([5, -2], 0.1, 300)];
  const blend = blendMoments([
    { weight: 3, moments: [first] },
    { weight: 1, moments: [second] },
  ]).get('conv1_1')!;

  it('are those of all features together', () => {
    expect([...blend.mean]).toEqual([2, 1]);
    blend.gram.forEach((value, i) => {
      expect(value).toBeCloseTo(0.75 * first.gram[i]! + 0.25 * second.gram[i]!, 12);
      // What is left of the products without the means of the blend.
      expect(blend.covariance[i]).toBeCloseTo(value - blend.mean[i >> 1]! * blend.mean[i & 1]!, 12);
    });
  });

  it('are worth as many positions as their average is exact', () => {
    expect(blend.positions).toBeCloseTo(1 / (0.75 ** 2 / 100 + 0.25 ** 2 / 300), 9);
  });
});
