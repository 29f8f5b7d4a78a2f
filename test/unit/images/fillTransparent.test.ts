import { describe, expect, it } from 'vitest';
import { fillTransparent } from '../../../src/images/fillTransparent';

/** An image of one colour function, with garbage wherever alpha is 0. */
function picture(
  width: number,
  height: number,
  colour: (x: number, y: number) => number[],
  alpha: Float32Array,
) {
  const data = new Float32Array(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    const shown = alpha[i] === 0 ? [i % 2, 1 - (i % 2), 0.5] : colour(i % width, Math.floor(i / width));
    for (let c = 0; c < 3; c++) data[c * width * height + i] = shown[c]!;
  }
  return { width, height, data };
}

describe('fillTransparent', () => {
  it.each([
    [64, 64],
    [37, 53],
    [1, 40],
  ])('fills holes of a plain image with its colour, %i × %i', (width, height) => {
    const alpha = Float32Array.from({ length: width * height }, (_, i) => (i % 7 === 0 || i < 5 ? 1 : 0));
    const image = picture(width, height, () => [0.2, 0.4, 0.9], alpha);
    fillTransparent(image, alpha);
    const plane = width * height;
    const colour = [0.2, 0.4, 0.9];
    const worst = image.data.reduce(
      (most, v, i) => Math.max(most, Math.abs(v - colour[Math.floor(i / plane)]!)),
      0,
    );
    expect(worst).toBeLessThan(1e-6);
  });

  it('leaves visible pixels alone, even faint ones', () => {
    const alpha = Float32Array.from({ length: 100 }, (_, i) => (i % 3) / 2);
    const image = picture(10, 10, (x, y) => [x / 10, y / 10, 0.3], alpha);
    const before = image.data.slice();
    fillTransparent(image, alpha);
    for (let i = 0; i < 100; i++) if (alpha[i]! > 0) expect(image.data[i]).toBe(before[i]);
  });

  it('fills near an edge with the colours of that edge, smoothly', () => {
    // Red on the left quarter, blue on the right quarter, a hole between.
    const width = 64;
    const alpha = Float32Array.from({ length: width * width }, (_, i) =>
      Math.abs((i % width) - 31.5) > 16 ? 1 : 0,
    );
    const image = picture(width, width, x => (x < 32 ? [1, 0, 0] : [0, 0, 1]), alpha);
    fillTransparent(image, alpha);
    const red = (x: number) => image.data[32 * width + x]!;
    expect(red(17)).toBeGreaterThan(0.7);
    expect(red(46)).toBeLessThan(0.3);
    for (let x = 16; x < 47; x++) expect(Math.abs(red(x + 1) - red(x))).toBeLessThan(0.3);
  });

  it('makes an image without any opaque pixel white', () => {
    const alpha = new Float32Array(20 * 30);
    const image = picture(20, 30, () => [0, 0, 0], alpha);
    fillTransparent(image, alpha);
    expect(image.data.every(v => v === 1)).toBe(true);
  });
});
