import { expect, it } from 'vitest';
import { fourierTransform } from '../../../src/nst/fourier';

/** The definition, Σ x_j exp(−2πi jk/n). */
function byDefinition(re: Float64Array, im: Float64Array): { re: number[]; im: number[] } {
  const n = re.length;
  const sum = (term: (c: number, s: number, j: number) => number) =>
    Array.from({ length: n }, (_, k) => {
      let total = 0;
      for (let j = 0; j < n; j++) {
        const angle = (2 * Math.PI * ((j * k) % n)) / n;
        total += term(Math.cos(angle), Math.sin(angle), j);
      }
      return total;
    });
  return {
    re: sum((c, s, j) => re[j]! * c + im[j]! * s),
    im: sum((c, s, j) => im[j]! * c - re[j]! * s),
  };
}

it.each([1, 2, 3, 16, 30, 37])('transforms %i values, and again', n => {
  const transform = fourierTransform(n);
  for (const phase of [1, 2]) {
    const re = Float64Array.from({ length: n }, (_, i) => Math.sin(phase + i * i));
    const im = Float64Array.from({ length: n }, (_, i) => Math.cos(phase * i));
    const wanted = byDefinition(re, im);
    transform({ re, im });
    for (let k = 0; k < n; k++) {
      expect(re[k]).toBeCloseTo(wanted.re[k]!, 10);
      expect(im[k]).toBeCloseTo(wanted.im[k]!, 10);
    }
  }
});
