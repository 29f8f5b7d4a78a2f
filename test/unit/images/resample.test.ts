import { describe, expect, it } from 'vitest';
import { encodeSrgb, resample } from '../../../src/images/resample';
import { floatImage, paintBytes, psnr } from './pictures';

const decodeSrgb = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const rgb = (width: number, height: number, samples: Uint8Array | Uint16Array) =>
  ({ width, height, channels: 3, samples }) as const;

/** Grey columns: the same row over and over. */
function columns(values: readonly number[], height: number): Uint8Array {
  return Uint8Array.from(
    { length: 3 * values.length * height },
    (_, i) => values[Math.floor(i / 3) % values.length]!,
  );
}

describe('resample', () => {
  it('gives the stored values at the stored size', async () => {
    const samples = paintBytes({ width: 20, height: 17 });
    const same = await resample(rgb(20, 17, samples), { width: 20, height: 17 });
    expect(same).toEqual(Float32Array.from(samples, v => v / 255));
  });

  it('averages light, not its encoding', async () => {
    // Black and white lines, seen from afar, are half the light: 0.735 encoded, not 0.5.
    const lines = columns(
      Array.from({ length: 128 }, (_, x) => (x % 2 ? 255 : 0)),
      64,
    );
    const small = await resample(rgb(128, 64, lines), { width: 16, height: 16 });
    for (let i = 3 * (8 * 16 + 4); i < 3 * (8 * 16 + 12); i++)
      expect(small[i]).toBeCloseTo(encodeSrgb(0.5), 2);
  });

  it.each([
    [160, 120],
    [33, 47],
    [400, 200],
  ])('keeps a plain colour plain at %i × %i', async (width, height) => {
    const plain = Uint8Array.from({ length: 3 * 320 * 240 }, (_, i) => [200, 100, 3][i % 3]!);
    const other = await resample(rgb(320, 240, plain), { width, height });
    expect(other).toHaveLength(3 * width * height);
    const worst = other.reduce((most, v, i) => Math.max(most, Math.abs(v - plain[i % 3]! / 255)), 0);
    expect(worst).toBeLessThan(2e-5);
  });

  it('stays within [0, 1] at hard edges, smaller and larger', async () => {
    const edge = columns(
      Array.from({ length: 90 }, (_, x) => (Math.floor(x / 30) % 2 ? 255 : 0)),
      60,
    );
    for (const size of [
      { width: 41, height: 27 },
      { width: 180, height: 120 },
    ]) {
      const other = await resample(rgb(90, 60, edge), size);
      expect(Math.min(...other)).toBe(0);
      expect(Math.max(...other)).toBe(1);
    }
  });

  it('draws no dark line beside a bright edge when it enlarges', async () => {
    const edge = columns(
      Array.from({ length: 32 }, (_, x) => (x < 16 ? 40 : 200)),
      16,
    );
    const large = await resample(rgb(32, 16, edge), { width: 128, height: 64 });
    expect(Math.min(...large) * 255).toBeGreaterThan(25);
  });

  it('puts the picture where it was', async () => {
    // A coarse painting and the reduction of a fine one agree: no shift by half a pixel, no mirroring.
    const fine = { width: 512, height: 384 };
    const coarse = { width: 128, height: 96 };
    const reduced = floatImage(coarse, await resample(rgb(512, 384, paintBytes(fine)), coarse), 1);
    const direct = floatImage(coarse, paintBytes(coarse));
    expect(psnr(reduced, direct)).toBeGreaterThan(40);
    const enlarged = floatImage(fine, await resample(rgb(128, 96, paintBytes(coarse)), fine), 1);
    expect(psnr(enlarged, floatImage(fine, paintBytes(fine)))).toBeGreaterThan(38);
  });

  it('is not rounded to 8 bits, smaller or larger', async () => {
    const ramp = Uint16Array.from({ length: 3 * 200 * 20 }, (_, i) => 1000 + (Math.floor(i / 3) % 200));
    for (const size of [
      { width: 150, height: 18 },
      { width: 300, height: 30 },
    ]) {
      const other = await resample(rgb(200, 20, ramp), size);
      expect(new Set(other).size).toBeGreaterThan(100);
      expect(Math.min(...other) * 65535).toBeGreaterThan(998);
      expect(Math.max(...other) * 65535).toBeLessThan(1202);
    }
    const steps = await resample(rgb(8, 8, columns([10, 10, 10, 10, 11, 11, 11, 11], 8)), {
      width: 64,
      height: 64,
    });
    expect(new Set(steps).size).toBeGreaterThan(10);
  });

  it('weights colours by alpha', async () => {
    // Red at full opacity beside hidden green: what is left of their average is red, at half opacity.
    const samples = Uint8Array.from({ length: 4 * 64 * 64 }, (_, i) =>
      Math.floor(i / 4) % 2 ? [0, 255, 0, 0][i % 4]! : [255, 0, 0, 255][i % 4]!,
    );
    const small = await resample({ width: 64, height: 64, channels: 4, samples }, { width: 16, height: 16 });
    const [r, g, b, a] = small.subarray(4 * (8 * 16 + 8));
    expect([r, g, b]).toEqual([expect.closeTo(1, 3), expect.closeTo(0, 3), expect.closeTo(0, 3)]);
    expect(a).toBeCloseTo(0.5, 2);
  });

  it('resizes alpha as it is, without a curve', async () => {
    const samples = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 2 ? 255 : 0));
    const small = await resample({ width: 64, height: 64, channels: 1, samples }, { width: 16, height: 16 });
    expect(small).toHaveLength(256);
    expect(small[8 * 16 + 8]).toBeCloseTo(0.5, 2);
  });

  it('gives the same floats every time', async () => {
    const image = rgb(300, 200, paintBytes({ width: 300, height: 200 }));
    const size = { width: 77, height: 51 };
    expect(await resample(image, size)).toEqual(await resample(image, size));
  });
});

describe('encodeSrgb', () => {
  it('is the curve of IEC 61966-2-1 and undoes decoding', () => {
    for (let v = 0; v <= 1; v += 0.000917) expect(Math.abs(encodeSrgb(decodeSrgb(v)) - v)).toBeLessThan(2e-7);
  });
  it('clamps', () => {
    expect([-1, NaN, 0, 1, 7, Infinity].map(encodeSrgb)).toEqual([0, 0, 0, 1, 1, 1]);
  });
});
