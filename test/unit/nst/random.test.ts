import { describe, expect, it } from 'vitest';
import { noiseImage, Random } from '../../../src/nst/random';

describe('random numbers', () => {
  it('are those of the seed', () => {
    const random = Random.seeded(42);
    const first = Array.from({ length: 5 }, () => random.uniform());
    const again = Random.seeded(42);
    expect(Array.from({ length: 5 }, () => again.uniform())).toEqual(first);
    expect(Random.seeded(43).uniform()).not.toBe(first[0]);
    for (const seed of [0, 0xffffffff]) expect(Random.seeded(seed).uniform()).toBeLessThan(1);
  });

  it('are uniform and normal', () => {
    const random = Random.seeded(1);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) bins[Math.floor(10 * random.uniform())]!++;
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(400);
    const normals = Array.from({ length: 50_000 }, () => random.normals()).flat();
    const moment = (power: number) => normals.reduce((sum, z) => sum + z ** power, 0) / normals.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(Math.abs(moment(3))).toBeLessThan(0.05);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.1);
  });

  it('make noise around mid-grey that depends on the seed alone', () => {
    const size = { width: 21, height: 17 };
    const image = noiseImage(size, Random.seeded(9));
    expect(image.data).toHaveLength(3 * 21 * 17);
    expect(noiseImage(size, Random.seeded(9))).toEqual(image);
    expect(noiseImage(size, Random.seeded(8)).data).not.toEqual(image.data);
    const mean = image.data.reduce((sum, value) => sum + value, 0) / image.data.length;
    expect(mean).toBeCloseTo(0.5, 1);
  });
});
