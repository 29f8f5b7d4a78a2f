import { describe, expect, it } from 'vitest';
import { symmetricEigen, type Eigen } from '../../../src/nst/eigen';
import { Random } from '../../../src/nst/random';

/** A positive semidefinite matrix of the given rank. */
function covariance(n: number, rank: number): Float64Array {
  const random = Random.seeded(n);
  const factor = Float64Array.from({ length: n * rank }, () => random.normals()[0]);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < rank; k++) matrix[i * n + j]! += factor[i * rank + k]! * factor[j * rank + k]!;
  return matrix;
}

/** Largest of |Σ_k f(λ_k) v_k v_kᵀ − matrix|. */
function distance({ values, vectors }: Eigen, matrix: Float64Array, f: (value: number) => number): number {
  const n = values.length;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += f(values[k]!) * vectors[k * n + i]! * vectors[k * n + j]!;
      largest = Math.max(largest, Math.abs(sum - matrix[i * n + j]!));
    }
  }
  return largest;
}

const identity = (n: number) => Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));

describe('eigenvalues and eigenvectors of a symmetric matrix', () => {
  it.each([
    ['one value', 1, 1],
    ['two', 2, 2],
    ['full rank', 27, 27],
    ['half the rank, as few positions leave it', 64, 32],
    ['one direction', 40, 1],
    ['nothing', 16, 0],
  ])('%s', (_, n, rank) => {
    const matrix = covariance(n, rank);
    const eigen = symmetricEigen(matrix, n);
    const size = Math.max(1, ...matrix.map(Math.abs));
    expect(distance(eigen, matrix, value => value) / size).toBeLessThan(1e-13);
    expect(distance(eigen, identity(n), () => 1)).toBeLessThan(1e-13);
  });

  it('of a diagonal matrix are its own', () => {
    const { values } = symmetricEigen([3, 0, 0, 0, -1, 0, 0, 0, 2], 3);
    expect([...values].sort()).toEqual([-1, 2, 3]);
  });

  it('are refused of a matrix with holes', () => {
    expect(() => symmetricEigen([1, NaN, NaN, 1], 2)).toThrow(RangeError);
  });
});
