import { HostMatrixOps } from '../../nst/hostMatrix';
import type { HostMatrix } from '../../nst/terms/kind';

/** Sums over the bands so far: N·N values of F Fᵀ, and N of F 1. */
export interface Sums {
  readonly gram: Float64Array;
  readonly mean?: Float64Array;
}

export function added(sums: Float64Array | undefined, part: Float32Array): Float64Array {
  if (sums === undefined) return Float64Array.from(part);
  part.forEach((value, i) => (sums[i]! += value));
  return sums;
}

/** Means over positions, of as many rows as there are channels. */
export function means(sums: Float64Array, rows: number, positions: number): HostMatrix {
  return { rows, columns: sums.length / rows, values: sums.map(sum => sum / positions) };
}

/** Adds s sᵀ / positions, with the sums s of so many positions. */
export function addOuter(products: Float64Array, sums: Float32Array, positions: number): void {
  if (positions === 0) return;
  const n = sums.length;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) products[i * n + j]! += (sums[i]! * sums[j]!) / positions;
}

/** G − m mᵀ, in double precision. */
export function covariance({
  gram,
  mean,
}: {
  readonly gram: HostMatrix;
  readonly mean?: HostMatrix;
}): HostMatrix {
  const ops = new HostMatrixOps();
  return mean === undefined ? gram : ops.subtractMatrix(gram, ops.matMul(mean, mean, { b: true }));
}
