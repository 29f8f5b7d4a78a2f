import { describe, expect, it } from 'vitest';
import { planPyramid, pyramidSizes } from '../../../src/nst/pyramid';

const sides = (width: number, height: number, factor: number, coarsest: number) =>
  pyramidSizes({ width, height }, { factor, coarsest, growth: 1 }).map(size => [size.width, size.height]);

describe('the sizes of a pyramid', () => {
  it('halve down to the coarsest', () => {
    expect(sides(512, 512, 2, 128)).toEqual([
      [128, 128],
      [256, 256],
      [512, 512],
    ]);
    expect(sides(512, 341, Math.SQRT2, 128).map(([width]) => width)).toEqual([128, 181, 256, 362, 512]);
  });

  it('keep proportions to half a pixel at every scale', () => {
    for (const [width, height] of [
      [511, 337],
      [333, 1000],
      [97, 641],
    ] as const) {
      const levels = sides(width, height, Math.SQRT2, 64).reverse();
      expect(levels[0]).toEqual([width, height]);
      levels.forEach(([w, h], k) => {
        expect(Math.abs(w! - width / Math.SQRT2 ** k)).toBeLessThanOrEqual(0.5);
        expect(Math.abs(h! - height / Math.SQRT2 ** k)).toBeLessThanOrEqual(0.5);
      });
    }
  });

  it('never make a side that the network cannot see, and keep what is small', () => {
    expect(sides(1024, 40, 2, 64)).toEqual([
      [512, 20],
      [1024, 40],
    ]);
    expect(sides(100, 90, 2, 128)).toEqual([[100, 90]]);
    expect(sides(16, 16, 2, 4)).toEqual([[16, 16]]);
    expect(() => sides(512, 512, 1, 64)).toThrow(RangeError);
  });
});

describe('the steps of a pyramid', () => {
  const size = { width: 800, height: 600 };
  const plan = (steps: number, growth: number) =>
    planPyramid(size, steps, { factor: 2, coarsest: 100, growth }).map(scale => scale.steps);

  it('are shared out exactly', () => {
    expect(plan(100, 1)).toEqual([25, 25, 25, 25]);
    expect(plan(150, 2)).toEqual([80, 40, 20, 10]);
    for (let steps = 1; steps < 60; steps++) {
      for (const growth of [0.2, 1, 1.7, 10]) {
        const shares = plan(steps, growth);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(steps);
        expect(Math.min(...shares)).toBeGreaterThan(0);
      }
    }
  });

  it('go to the finest scales when there are fewer than scales', () => {
    expect(planPyramid(size, 2, { factor: 2, coarsest: 100, growth: 1 })).toEqual([
      { size: { width: 400, height: 300 }, steps: 1 },
      { size, steps: 1 },
    ]);
    expect(planPyramid(size, 1)).toEqual([{ size, steps: 1 }]);
  });
});
