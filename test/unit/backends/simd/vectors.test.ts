import { describe, expect, it } from 'vitest';
import { SimdVectors } from '../../../../src/backends/simd/vectors';
import { gainsOf } from '../../../../src/nst/optimizers/preconditioner';
import { hostVectors } from '../../../../src/nst/optimizers/hostVectors';
import { Random } from '../../../../src/nst/random';

const random = Random.seeded(7);
const noise = (count: number) => Float32Array.from({ length: count }, () => random.normals()[0]);

// Around the sizes of a block and of the kernels' four values.
const counts = [1, 2, 3, 5, 2047, 2048, 2049, 4099];

describe.each(counts)('vectors of %i values in memory of WebAssembly', count => {
  const space = new SimdVectors();
  const values = Array.from({ length: 11 }, () => noise(count));
  const vectors = values.map(x => space.fromHost(x, x));

  it('have the products of those on the host, to the last bit', () => {
    for (let among = 0; among < vectors.length; among++) {
      const expected = hostVectors.dots(values[3]!, values.slice(0, among));
      expect(space.dots(vectors[3]!, vectors.slice(0, among))).toEqual(expected);
    }
  });

  it('are combined as those on the host, to the last bit, also onto a term', () => {
    for (let among = 0; among < vectors.length; among++) {
      const coefficients = values.slice(0, among).map((_, k) => k - 1.3);
      const expected = values[1]!.slice();
      hostVectors.combine(expected, [
        ...coefficients.map((p, k) => [p, values[k]!] as const),
        [0.7, expected],
      ]);
      const target = space.copy(vectors[1]!);
      space.combine(target, [...coefficients.map((p, k) => [p, vectors[k]!] as const), [0.7, target]]);
      expect(space.toHost(target)).toEqual(expected);
      space.combine(target, []);
      expect(space.toHost(target)).toEqual(new Float32Array(count));
      space.dispose(target);
    }
  });

  it('work together with arrays from elsewhere, few or many', () => {
    const expected = hostVectors.dots(values[0]!, values);
    expect(space.dots(values[0]!, vectors)).toEqual(expected);
    expect(space.dots(vectors[0]!, values)).toEqual(expected);
    const [target, wanted] = [noise(count), noise(count)];
    space.combine(target, [
      [2, vectors[0]!],
      [-1, values[1]!],
    ]);
    hostVectors.combine(wanted, [
      [2, values[0]!],
      [-1, values[1]!],
    ]);
    expect(target).toEqual(wanted);
  });
});

describe('memory of WebAssembly', () => {
  const values = noise(4 * 7);

  it('has no values that its last tenant left', () => {
    const space = new SimdVectors();
    const kept = space.fromHost(noise(5), new Float32Array(5));
    for (let round = 0; round < 100; round++) {
      const vector = space.zeros(kept);
      expect(vector).toEqual(new Float32Array(5));
      vector.fill(NaN);
      space.dispose(vector);
    }
  });

  it('gives vectors from elsewhere when it is full, which work as well', () => {
    const space = new SimdVectors();
    const vectors = Array.from({ length: 60 }, () => space.fromHost(noise(28), values));
    const copies = vectors.map(vector => vector.slice());
    expect(space.dots(vectors[59]!, vectors)).toEqual(hostVectors.dots(copies[59]!, copies));
    const target = space.zeros(values);
    const sum = (all: readonly Float32Array[]) => all.map((vector, k) => [k / 7, vector] as const);
    space.combine(target, sum(vectors));
    const expected = new Float32Array(28);
    hostVectors.combine(expected, sum(copies));
    expect(target).toEqual(expected);
    vectors.forEach(vector => space.dispose(vector));
  });

  it('gives a place back once, however often the vector is disposed of', () => {
    const space = new SimdVectors();
    const vector = space.fromHost(values, values);
    space.dispose(vector);
    space.dispose(vector);
    const [a, b] = [space.zeros(values), space.zeros(values)];
    a.fill(1);
    b.fill(2);
    expect([a[0], b[0]]).toEqual([1, 2]);
  });

  it('is not asked for where 32 bits cannot address it', () => {
    const space = new SimdVectors();
    const length = 3 * 4096 * 4096;
    const vector = space.zeros({ length } as Float32Array);
    expect(vector).toHaveLength(length);
    expect(vector.byteOffset).toBe(0);
  });
});

describe.each([
  { width: 4, height: 4 },
  { width: 16, height: 16 },
  { width: 17, height: 30 },
  { width: 33, height: 19 },
  { width: 131, height: 90 },
])('the preconditioner at %o', size => {
  it('gives what the one on the host gives, to the last bit', () => {
    const space = new SimdVectors();
    const values = noise(3 * size.width * size.height);
    const gains = gainsOf(size, 0.4);
    const expected = new Float32Array(values.length);
    hostVectors.preconditioner(size, gains).apply(expected, values);
    const preconditioner = space.preconditioner(size, gains);
    const vector = space.fromHost(values, values);
    const target = space.zeros(values);
    preconditioner.apply(target, vector);
    expect(space.toHost(target)).toEqual(expected);
    preconditioner.apply(target, values);
    expect(space.toHost(target)).toEqual(expected);
    const elsewhere = new Float32Array(values.length);
    preconditioner.apply(elsewhere, vector);
    expect(elsewhere).toEqual(expected);
    expect(space.toHost(vector)).toEqual(values);
  });
});
