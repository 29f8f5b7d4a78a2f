import { describe, expect, it } from 'vitest';
import {
  brightest,
  difference,
  heatPixels,
  type HeatColours,
} from '../../../src/webview/studio/insights/heat';

const colours: HeatColours = {
  ground: [0, 0, 0],
  much: [0, 0, 200],
  most: [255, 255, 255],
  less: [0, 0, 255],
  more: [255, 0, 0],
};

describe('a heat map', () => {
  it('goes from the ground over the middle to the brightest, by the square root', () => {
    const pixels = heatPixels({ size: 2, values: [0, 0.36, 1, 4] }, 1, 'gram', colours);
    expect([...pixels]).toEqual([0, 0, 0, 255, 0, 0, 200, 255, 255, 255, 255, 255, 255, 255, 255, 255]);
  });

  it('shows both signs of a difference', () => {
    const pixels = heatPixels({ size: 2, values: [1, -1, 0.25, 0] }, 1, 'difference', colours);
    expect([...pixels.slice(0, 4)]).toEqual([255, 0, 0, 255]);
    expect([...pixels.slice(4, 8)]).toEqual([0, 0, 255, 255]);
    expect(pixels[8]).toBe(128);
  });

  it('is not blown out by a few large cells', () => {
    const values = Array.from({ length: 1024 }, (_, index) => (index === 5 ? 1000 : 1));
    expect(brightest({ size: 32, values })).toBe(1);
  });

  it('of a difference needs two matrices of one size', () => {
    const [a, b] = [
      { size: 1, values: [3] },
      { size: 1, values: [5] },
    ];
    expect(difference(a, b)).toEqual({ size: 1, values: [2] });
    expect(difference(a, undefined)).toBeUndefined();
    expect(difference(a, { size: 2, values: [1, 2, 3, 4] })).toBeUndefined();
  });
});
