import { describe, expect, it } from 'vitest';
import { hostVectors } from '../../../../src/nst/optimizers/hostVectors';
import type { Size } from '../../../../src/nst/image';
import {
  exponentFor,
  gainsFor,
  gainsOf,
  HostPreconditioner,
} from '../../../../src/nst/optimizers/preconditioner';
import { Random } from '../../../../src/nst/random';

const random = Random.seeded(6);
const sizes: readonly Size[] = [
  { width: 16, height: 16 },
  { width: 17, height: 30 },
  { width: 33, height: 19 },
  { width: 64, height: 41 },
];

function applied(size: Size, x: Float32Array, levels?: number): Float32Array {
  const target = new Float32Array(x.length);
  new HostPreconditioner(size, gainsOf(size, 0.8, levels)).apply(target, x);
  return target;
}

function noise({ width, height }: Size): Float32Array {
  return Float32Array.from({ length: 3 * width * height }, () => random.normals()[0]);
}

const dot = (a: Float32Array, b: Float32Array) => hostVectors.dots(a, [b])[0]!;

it('is the steeper the deeper an objective looks', () => {
  const layers = ['conv1_1', 'conv2_2', 'conv3_4', 'conv4_2', 'conv5_1'] as const;
  expect(layers.map(layer => exponentFor([layer]))).toEqual([0, 0, 0.4, 0.8, 0.8]);
  expect(exponentFor(['conv3_1', 'conv5_1', 'conv1_1'])).toBe(0.8);
  expect(exponentFor([])).toBe(0);
});

describe.each(sizes)('the preconditioner at %o', size => {
  it('is symmetric and at least the identity', () => {
    for (let i = 0; i < 5; i++) {
      const [x, y] = [noise(size), noise(size)];
      const [mx, my] = [applied(size, x), applied(size, y)];
      expect(Math.abs(dot(mx, y) - dot(x, my))).toBeLessThan(1e-5 * Math.sqrt(dot(mx, mx) * dot(y, y)));
      expect(dot(mx, x)).toBeGreaterThan(dot(x, x));
    }
  });

  it('is linear, and does not mix channels or keep anything from call to call', () => {
    const area = size.width * size.height;
    const preconditioner = new HostPreconditioner(size, gainsOf(size, 0.8));
    const x = noise(size);
    const whole = new Float32Array(x.length);
    preconditioner.apply(whole, x);
    preconditioner.apply(new Float32Array(x.length), noise(size));
    const sum = new Float32Array(x.length);
    for (let channel = 0; channel < 3; channel++) {
      const part = x.map((value, i) => (Math.floor(i / area) === channel ? value : 0));
      const target = new Float32Array(x.length).fill(NaN);
      preconditioner.apply(target, part);
      target.forEach((value, i) => {
        if (Math.floor(i / area) !== channel) expect(value).toBe(0);
        sum[i]! += value;
      });
    }
    expect(sum).toEqual(whole);
  });

  it('takes single pixels to what the definition says', () => {
    const { width, height } = size;
    for (const at of [0, width - 1, Math.floor((height / 2) * width + width / 3), width * height - 1]) {
      const x = new Float32Array(3 * width * height);
      x[at] = 1;
      const expected = defined(x.subarray(0, width * height), size);
      const result = applied(size, x);
      const errors = Array.from(expected, (value, i) => Math.abs(value - result[i]!));
      expect(Math.max(...errors)).toBeLessThan(1e-5);
    }
  });
});

it('has the levels that a size allows, a few from noise, and none that would do nothing', () => {
  const [small, large] = [64, 512].map(side => ({ width: side, height: 2 * side }));
  expect(gainsOf(small!, 0.8)).toHaveLength(4);
  for (const init of ['content', 'image'] as const)
    expect(gainsFor(large!, ['conv4_1'], init)).toEqual(gainsOf(large!, 0.8));
  expect(gainsOf(large!, 0.8)).toHaveLength(7);
  const [first, second, ...more] = gainsFor(large!, ['conv4_1'], 'noise');
  // Wavelengths up to 16 px, by their power of 1.2.
  expect(first).toBeCloseTo(2 ** 1.2 - 1, 12);
  expect(second).toBeCloseTo(4 ** 1.2 - 2 ** 1.2, 12);
  expect(more).toEqual([]);
  for (const init of ['content', 'noise'] as const) expect(gainsFor(small!, ['conv2_1'], init)).toEqual([]);
});

/** What M multiplies waves across a map of 128 px with, more or less. */
function gainsAt(wavelengths: readonly number[], levels?: number): number[] {
  const size = { width: 128, height: 128 };
  return wavelengths.map(wavelength => {
    const wave = Float32Array.from({ length: 3 * 128 * 128 }, (_, i) =>
      Math.cos((2 * Math.PI * (i % 128)) / wavelength),
    );
    return dot(applied(size, wave, levels), wave) / dot(wave, wave);
  });
}

it('grows with the wavelength', () => {
  const gains = gainsAt([2, 4, 8, 16, 32]);
  expect(gains[0]).toBeLessThan(1.05);
  gains.slice(1).forEach((gain, i) => expect(gain).toBeGreaterThan(1.05 * gains[i]!));
  // From 8 to 32 px by the power of 0.8: 4 to the power of 0.8 is 3.
  expect(gains[4]! / gains[2]!).toBeGreaterThan(2.5);
  expect(gains[4]! / gains[2]!).toBeLessThan(3.5);
});

it('does not prefer what is broader than its levels', () => {
  const [fine, broad, broadest] = gainsAt([16, 64, 128], 3);
  expect(broad! / fine!).toBeGreaterThan(1.5);
  // All three levels in full: 2 to the power of 0.8 · 3.
  expect(broadest! / broad!).toBeLessThan(1.1);
  expect(broadest!).toBeLessThan(2 ** 2.4);
});

/** M·x of one channel by the definition, with U as a function of places and D as its transpose. */
function defined(x: Float32Array, size: Size): Float64Array {
  const result: Float64Array = Float64Array.from(x);
  let values: Float64Array = result.slice();
  const sizesDown = [size];
  for (let l = 1; ; l++) {
    const fine = sizesDown.at(-1)!;
    if (Math.min(fine.width, fine.height) < 8) return result;
    const coarse = { width: Math.ceil(fine.width / 2), height: Math.ceil(fine.height / 2) };
    values = reduced(values, fine, coarse);
    sizesDown.push(coarse);
    let back: Float64Array = values;
    for (let k = l; k > 0; k--) back = enlarged(back, sizesDown[k]!, sizesDown[k - 1]!);
    const gain = 2 ** (0.8 * l) - 2 ** (0.8 * (l - 1));
    back.forEach((value, i) => (result[i]! += gain * value));
  }
}

/** The coarse places that a fine place is made of, along one side. */
function sources(at: number, coarse: number): readonly (readonly [number, number])[] {
  const near = at >> 1;
  const far = Math.min(coarse - 1, Math.max(0, at % 2 ? near + 1 : near - 1));
  return [
    [near, 0.75],
    [far, 0.25],
  ];
}

function eachLink(
  fine: Size,
  coarse: Size,
  visit: (fine: number, coarse: number, weight: number) => void,
): void {
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++) {
      for (const [row, down] of sources(y, coarse.height)) {
        for (const [column, across] of sources(x, coarse.width)) {
          visit(y * fine.width + x, row * coarse.width + column, down * across);
        }
      }
    }
  }
}

function enlarged(values: Float64Array, coarse: Size, fine: Size): Float64Array {
  const result = new Float64Array(fine.width * fine.height);
  eachLink(fine, coarse, (to, from, weight) => (result[to]! += weight * values[from]!));
  return result;
}

function reduced(values: Float64Array, fine: Size, coarse: Size): Float64Array {
  const result = new Float64Array(coarse.width * coarse.height);
  eachLink(fine, coarse, (from, to, weight) => (result[to]! += (weight * values[from]!) / 4));
  return result;
}
