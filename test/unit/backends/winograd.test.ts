import { describe, expect, it } from 'vitest';
import {
  backwardFiltering,
  forwardFiltering,
  inputTransform,
  outputTransform,
  transformKernel,
  type Filtering,
} from '../../../src/backends/winograd';

const apply = (matrix: readonly (readonly number[])[], vector: readonly number[]): number[] =>
  matrix.map(row => row.reduce((sum, value, i) => sum + value * (vector[i] ?? NaN), 0));

/** Aᵀ[(G g) ⊙ (Bᵀ d)] with the forward transform of the kernel, whichever filtering. */
function filter({ aT, bT }: Filtering, inputs: readonly number[], kernel: readonly number[]): number[] {
  const transformed = apply(forwardFiltering.g, kernel);
  return apply(
    aT,
    apply(bT, inputs).map((value, j) => value * (transformed[j] ?? NaN)),
  );
}

describe('minimal filtering F(4, 3)', () => {
  const inputs = [1, 3, -2, 5, 0.5, 7];
  const kernel = [0.3, -1, 2];
  const correlate = (taps: readonly number[]): number[] =>
    [0, 1, 2, 3].map(i => taps.reduce((sum, tap, k) => sum + tap * (inputs[i + k] ?? NaN), 0));

  it('gives four outputs of the correlation from six products', () => {
    expect(forwardFiltering.products).toBe(6);
    filter(forwardFiltering, inputs, kernel).forEach((value, i) => {
      expect(value).toBeCloseTo(correlate(kernel)[i] ?? NaN, 12);
    });
  });

  it('gives the correlation with the rotated kernel from the transform of the kernel itself', () => {
    filter(backwardFiltering, inputs, kernel).forEach((value, i) => {
      expect(value).toBeCloseTo(correlate([...kernel].reverse())[i] ?? NaN, 12);
    });
  });

  it('acts on rows and columns alike', () => {
    const tile = Array.from({ length: 36 }, (_, i) => Math.sin(i * 1.7));
    const taps = Float32Array.from({ length: 9 }, (_, i) => Math.cos(i * 2.3));
    const u = transformKernel(taps, 1, forwardFiltering);
    const rows = (flat: Float32Array, width: number): number[][] =>
      Array.from({ length: flat.length / width }, (_, i) => [...flat.subarray(i * width, (i + 1) * width)]);
    const products = apply(rows(inputTransform(forwardFiltering), 36), tile).map((v, j) => v * (u[j] ?? NaN));
    const outputs = apply(rows(outputTransform(forwardFiltering), 36), products);
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 4; x++) {
        let expected = 0;
        for (let r = 0; r < 3; r++) {
          for (let c = 0; c < 3; c++)
            expected += (taps[r * 3 + c] ?? NaN) * (tile[(y + r) * 6 + x + c] ?? NaN);
        }
        expect(outputs[y * 4 + x]).toBeCloseTo(expected, 4);
      }
    }
  });
});
