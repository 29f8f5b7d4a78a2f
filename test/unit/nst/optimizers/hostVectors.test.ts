import { describe, expect, it } from 'vitest';
import { hostVectors } from '../../../../src/nst/optimizers/hostVectors';
import { Random } from '../../../../src/nst/random';

const random = Random.seeded(5);
const vector = (count: number) => Float32Array.from({ length: count }, () => random.normals()[0]);

// Around the sizes of a block and of the unrolled loops.
const counts = [1, 3, 5, 2047, 2048, 2049, 4099];

describe('vectors on the host', () => {
  it.each(counts)('%i values: products as by definition', count => {
    const x = vector(count);
    const ys = [...Array.from({ length: 9 }, () => vector(count)), x];
    const products = hostVectors.dots(x, ys);
    expect(products).toHaveLength(10);
    ys.forEach((y, k) => {
      const expected = x.reduce((sum, value, i) => sum + value * y[i]!, 0);
      expect(products[k]).toBeCloseTo(expected, 9);
    });
    expect(hostVectors.dots(x, [])).toEqual([]);
  });

  it.each(counts)('%i values: combinations as by definition, also onto a term', count => {
    for (const terms of [0, 1, 2, 3, 4, 5, 9]) {
      const vectors = Array.from({ length: terms }, () => vector(count));
      const expected = Float32Array.from({ length: count }, (_, i) =>
        vectors.reduce((sum, v, k) => sum + (k - 1.5) * v[i]!, 0),
      );
      const target = vectors[1] ?? vector(count);
      hostVectors.combine(
        target,
        vectors.map((v, k) => [k - 1.5, v]),
      );
      const errors = target.map((value, i) => Math.abs(value - expected[i]!));
      expect(errors.reduce((a, b) => Math.max(a, b))).toBeLessThan(1e-5);
    }
  });

  it('sums in double precision: a million small values beside a large one', () => {
    const x = new Float32Array(1_000_001).fill(1e-4);
    x[0] = 1e4;
    const ones = new Float32Array(x.length).fill(1);
    expect(hostVectors.dots(ones, [x])[0]).toBeCloseTo(1e4 + 1e6 * Math.fround(1e-4), 6);
  });

  it('updates by Adam as the paper writes it', () => {
    const [x, g, m, v] = [vector(7), vector(7), vector(7), vector(7).map(value => value * value)];
    const update = { rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-3, correction1: 0.3, correction2: 0.2 };
    const expected = x.map((value, i) => {
      const first = (0.9 * m[i]! + 0.1 * g[i]!) / 0.3;
      const second = (0.99 * v[i]! + 0.01 * g[i]! ** 2) / 0.2;
      return value - (0.1 * first) / (Math.sqrt(second) + 1e-3);
    });
    hostVectors.adam(x, g, m, v, update);
    x.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
  });
});
