import { describe, expect, it } from 'vitest';
import { fitLongestSide } from '../../../src/images/size';

const size = (width: number, height: number) => ({ width, height });

describe('fitLongestSide', () => {
  it.each([
    [size(4000, 3000), 512, size(512, 384)],
    [size(3000, 4000), 512, size(384, 512)],
    [size(1000, 667), 500, size(500, 334)],
    [size(1023, 1024), 64, size(64, 64)],
    [size(300, 200), 512, size(300, 200)],
    [size(300, 200), 0, size(300, 200)],
    [size(6001, 4001), 0, size(6001, 4001)],
  ])('%o at %i is %o', (source, longest, fitted) => {
    expect(fitLongestSide(source, longest)).toEqual(fitted);
  });

  it('always hits the longest side', () => {
    for (let w = 17; w < 900; w += 13) {
      for (let h = 17; h < 900; h += 29) {
        const side = Math.max(w, h);
        const longest = Math.ceil(side * 0.97);
        const fitted = fitLongestSide(size(w, h), longest);
        expect(Math.max(fitted.width, fitted.height)).toBe(longest);
        expect(Math.abs(fitted.width / fitted.height - w / h) / (w / h)).toBeLessThan(
          1 / Math.min(w, h) + 0.01,
        );
      }
    }
  });

  it('refuses what the network cannot see, and says which size would do', () => {
    expect(() => fitLongestSide(size(4000, 100), 512, { name: 'strip.png' })).toThrow(
      expect.objectContaining({
        code: 'image-too-small',
        message: 'strip.png would be 512 × 13 pixels; the network needs 16 on the shorter side.',
        next: 'Choose a size of at least 640, or crop the image.',
      }),
    );
    expect(fitLongestSide(size(4000, 100), 640)).toEqual(size(640, 16));
    expect(() => fitLongestSide(size(10, 12), 512)).toThrow(/The image is 10 × 12 pixels/);
  });
});
