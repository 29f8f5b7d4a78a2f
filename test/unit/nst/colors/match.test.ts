import { describe, expect, it } from 'vitest';
import { mapColors, matchingMap } from '../../../../src/nst/colors/match';
import { colorStatistics, type ColorStatistics } from '../../../../src/nst/colors/statistics';
import type { FloatImage } from '../../../../src/nst/image';
import { Random } from '../../../../src/nst/random';
import { interleaved, texture } from '../pictures';

const statisticsOf = (image: FloatImage) => colorStatistics(interleaved(image));
const size = { width: 31, height: 23 };
const random = Random.seeded(7);
const changed = (image: FloatImage, change: (value: number) => number): FloatImage => ({
  ...image,
  data: image.data.map(change),
});
const style = texture(size, random);
const content = changed(texture(size, random), value => 0.9 - 0.8 * value);

const statistics = (covariance: readonly number[]): ColorStatistics => ({
  mean: Float64Array.of(0.4, 0.5, 0.6),
  covariance: Float64Array.from(covariance),
});

describe('colours of a style, matched to those of the content', () => {
  it('are mapped by the optimal transport that numpy finds for the same covariances', () => {
    const { matrix } = matchingMap(
      statistics([0.05, 0.02, 0.01, 0.02, 0.03, 0.015, 0.01, 0.015, 0.04]),
      statistics([0.02, -0.004, 0.002, -0.004, 0.06, 0.01, 0.002, 0.01, 0.01]),
    );
    const rows = [
      [0.727794221035, -0.358908132426, 0.022086055938],
      [-0.358908132426, 1.600199939343, -0.007497345808],
      [0.022086055938, -0.007497345808, 0.496999049002],
    ];
    const expected = rows.flat();
    matrix.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 9));
  });

  it('have the mean and the covariance of the content’s', () => {
    const target = statisticsOf(content);
    const mapped = statisticsOf(mapColors(style, matchingMap(statisticsOf(style), target)));
    mapped.mean.forEach((value, i) => expect(value).toBeCloseTo(target.mean[i] ?? NaN, 6));
    // The floor of the variances is what remains.
    mapped.covariance.forEach((value, i) => expect(value).toBeCloseTo(target.covariance[i] ?? NaN, 5));
  });

  it('stay as they are when they match', () => {
    const own = statisticsOf(style);
    const { data } = mapColors(style, matchingMap(own, own));
    data.forEach((value, i) => expect(value).toBeCloseTo(style.data[i] ?? NaN, 6));
  });

  it('are spread by at most four and narrowed to a quarter at least, and stay in range', () => {
    const flat = statistics([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const wide = statistics([0.09, 0, 0, 0, 0.09, 0, 0, 0, 0.09]);
    for (const [from, to, limit] of [
      [flat, wide, 4],
      [wide, flat, 0.25],
    ] as const) {
      const { matrix } = matchingMap(from, to);
      matrix.forEach((value, i) => expect(value).toBeCloseTo(i % 4 === 0 ? limit : 0, 9));
    }
    const { data } = mapColors(style, matchingMap(flat, wide));
    expect(Math.min(...data)).toBe(0);
    expect(Math.max(...data)).toBe(1);
  });
});

describe('the statistics of colours', () => {
  it('count a pixel by its opacity', () => {
    const area = size.width * size.height;
    const alpha = Float32Array.from({ length: area }, (_, i) => (i < area / 2 ? 0 : 1));
    const half = { ...style, data: style.data.map((value, i) => (i % area < area / 2 ? 1 - value : value)) };
    expect(colorStatistics(interleaved(half, alpha))).toEqual(colorStatistics(interleaved(style, alpha)));
    const nothing = interleaved(style, new Float32Array(area));
    expect(() => colorStatistics(nothing)).toThrow(RangeError);
  });
});
