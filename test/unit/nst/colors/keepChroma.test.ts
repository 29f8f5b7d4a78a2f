import { describe, expect, it } from 'vitest';
import { keepChroma } from '../../../../src/nst/colors/keepChroma';
import { Random } from '../../../../src/nst/random';
import { texture } from '../pictures';

const size = { width: 23, height: 17 };
const area = size.width * size.height;
const luma = (data: Float32Array, i: number) =>
  0.299 * data[i]! + 0.587 * data[area + i]! + 0.114 * data[2 * area + i]!;

describe('keeping the colours of the content', () => {
  const random = Random.seeded(4);
  const content = texture(size, random);
  const painting = texture(size, random);

  it('takes luma from the painting and chroma from the content', () => {
    const { data } = keepChroma(painting, content);
    for (let i = 0; i < area; i++) {
      expect(luma(data, i)).toBeCloseTo(luma(painting.data, i), 5);
      // I and Q are sums of differences from luma.
      for (const at of [i, area + i, 2 * area + i]) {
        expect(data[at]! - luma(data, i)).toBeCloseTo(content.data[at]! - luma(content.data, i), 5);
      }
    }
  });

  it('changes nothing when both are the same', () => {
    keepChroma(content, content).data.forEach((value, i) => expect(value).toBeCloseTo(content.data[i]!, 6));
  });

  it('stays within the range, with the luma of the painting, however far it strays', () => {
    const vivid = { ...size, data: content.data.map((_, i) => (i < area ? 1 : 0)) };
    const wild = { ...size, data: painting.data.map((value, i) => 3 * (value - 0.4) + (i % 3 ? 1 : 0)) };
    const { data } = keepChroma(wild, vivid);
    for (let i = 0; i < area; i++) {
      const [r, g, b] = [data[i]!, data[area + i]!, data[2 * area + i]!];
      expect(Math.min(r, g, b)).toBeGreaterThanOrEqual(-1e-6);
      expect(Math.max(r, g, b)).toBeLessThanOrEqual(1 + 1e-6);
      expect(luma(data, i)).toBeCloseTo(Math.min(1, Math.max(0, luma(wild.data, i))), 5);
      expect(r).toBeGreaterThanOrEqual(g);
    }
  });

  it('refuses pictures of different sizes', () => {
    expect(() => keepChroma(painting, { ...content, width: 17, height: 23 })).toThrow(RangeError);
  });
});
