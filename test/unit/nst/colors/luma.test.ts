import { describe, expect, it } from 'vitest';
import { lumaAt, matchingLuma, toGrey } from '../../../../src/nst/colors/luma';
import { colorStatistics } from '../../../../src/nst/colors/statistics';
import type { FloatImage } from '../../../../src/nst/image';
import { Random } from '../../../../src/nst/random';
import { interleaved, texture } from '../pictures';

const statisticsOf = (image: FloatImage) => colorStatistics(interleaved(image));
const size = { width: 19, height: 27 };
const area = size.width * size.height;
const random = Random.seeded(3);
const style = texture(size, random);
const content = texture(size, random);

/** Mean and standard deviation of the luma. */
function luma(data: Float32Array): { readonly mean: number; readonly deviation: number } {
  const values = Array.from({ length: area }, (_, i) => lumaAt(data, i, area));
  const mean = values.reduce((sum, value) => sum + value, 0) / area;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / area);
  return { mean, deviation };
}

describe('the luma of a style, matched to that of the content', () => {
  it('has its mean and its contrast', () => {
    const { data } = toGrey(style, matchingLuma(statisticsOf(style), statisticsOf(content)));
    const [mapped, target] = [luma(data), luma(content.data)];
    expect(mapped.mean).toBeCloseTo(target.mean, 6);
    expect(mapped.deviation).toBeCloseTo(target.deviation, 6);
  });

  it('at most doubles or halves the contrast', () => {
    const flat = { ...content, data: content.data.map(value => 0.5 + 0.1 * (value - 0.5)) };
    const [low, high] = [statisticsOf(flat), statisticsOf(content)];
    expect(matchingLuma(low, high).gain).toBe(2);
    expect(matchingLuma(high, low).gain).toBe(0.5);
    const black = { mean: new Float64Array(3), covariance: new Float64Array(9) };
    expect(matchingLuma(black, black).gain).toBe(1);
  });
});

describe('an image in greys', () => {
  it('has the same value in every channel, the luma of the image', () => {
    const { data } = toGrey(content);
    for (let i = 0; i < area; i++) {
      expect(data[i]).toBeCloseTo(lumaAt(content.data, i, area), 6);
      expect([data[area + i], data[2 * area + i]]).toEqual([data[i], data[i]]);
    }
  });

  it('stays in range', () => {
    const { data } = toGrey(content, { gain: 2, from: 0.1, to: 0.5 });
    expect(Math.max(...data)).toBe(1);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
  });
});
