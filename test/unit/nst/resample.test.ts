import { describe, expect, it } from 'vitest';
import type { FloatImage, Size } from '../../../src/nst/image';
import { Random } from '../../../src/nst/random';
import { resample } from '../../../src/nst/resample';
import { texture } from './pictures';

function painted(
  { width, height }: Size,
  color: (x: number, y: number, channel: number) => number,
): FloatImage {
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width) % height];
    return color((x + 0.5) / width, (y + 0.5) / height, Math.floor(i / (width * height)));
  });
  return { width, height, data };
}

function largestDifference(a: FloatImage, b: FloatImage, margin = 0): number {
  expect([a.width, a.height, a.data.length]).toEqual([b.width, b.height, b.data.length]);
  let largest = 0;
  a.data.forEach((value, i) => {
    const [x, y] = [i % a.width, Math.floor(i / a.width) % a.height];
    if (Math.min(x, y, a.width - 1 - x, a.height - 1 - y) < margin) return;
    largest = Math.max(largest, Math.abs(value - b.data[i]!));
  });
  return largest;
}

const sizes: readonly (readonly [Size, Size])[] = [
  [
    { width: 16, height: 23 },
    { width: 32, height: 46 },
  ],
  [
    { width: 17, height: 16 },
    { width: 25, height: 23 },
  ],
  [
    { width: 64, height: 31 },
    { width: 45, height: 22 },
  ],
];

describe('resampling', () => {
  it('gives the same values at the same size', () => {
    const image = texture({ width: 19, height: 16 }, Random.seeded(1));
    expect(resample(image, image)).toEqual(image);
  });

  it.each(sizes)('keeps constants exactly and slopes inside: %o to %o', (from, to) => {
    expect(
      largestDifference(
        resample(
          painted(from, () => 0.3),
          to,
        ),
        painted(to, () => 0.3),
      ),
    ).toBeLessThan(1e-7);
    const slope = (x: number, y: number, channel: number) => 0.2 + 0.5 * x - 0.3 * y + 0.1 * channel;
    const margin = Math.ceil((3 * to.width) / from.width);
    // Sampled where it is stretched, the kernel keeps a slope only nearly.
    const error = to.width > from.width ? 1e-6 : 1e-3;
    expect(largestDifference(resample(painted(from, slope), to), painted(to, slope), margin)).toBeLessThan(
      error,
    );
  });

  it('reproduces a parabola when it enlarges, as Catmull-Rom does', () => {
    const parabola = (x: number, y: number) => 0.1 + 0.6 * x * x - 0.4 * x * y + 0.3 * y * y;
    const [from, to] = [
      { width: 20, height: 24 },
      { width: 40, height: 48 },
    ];
    expect(largestDifference(resample(painted(from, parabola), to), painted(to, parabola), 6)).toBeLessThan(
      1e-6,
    );
  });

  it('averages when it shrinks: fine stripes become grey', () => {
    const stripes: FloatImage = {
      width: 64,
      height: 16,
      data: Float32Array.from({ length: 3 * 64 * 16 }, (_, i) => i % 2),
    };
    const grey = resample(stripes, { width: 16, height: 16 });
    expect(largestDifference(grey, { ...grey, data: grey.data.map(() => 0.5) }, 2)).toBeLessThan(0.02);
  });
});
