import { safeMeanActivation, type Moments } from '../moments';
import type { MatrixOps } from '../ops';
import type { HostMatrix, MomentHandles, StatisticSpec } from './kind';

/** What the statistics of mean and covariance know of a target, on raw features, in double precision. */
export interface Covariance {
  readonly channels: number;
  /** a, as a divisor: the mean activation; before the activation, where a mean can vanish, the root mean square. */
  readonly unit: number;
  readonly mean: HostMatrix;
  /** G_t. */
  readonly gram: HostMatrix;
  /** Σ_t, N·N values. */
  readonly values: Float64Array;
  /** τ = tr Σ_t / N, which is 0 for a flat style. */
  readonly spread: number;
}

/** Below this a and τ are no measures: of a black or a flat style. The first in the network's units, τ in those of a². */
const FLOOR = { unit: 1e-2, spread: 1e-3 } as const;

/** Σ_t of a target, and what is derived from it. */
export function covarianceOf(moments: Moments, { tap }: StatisticSpec): Covariance {
  const { channels: n, covariance, mean, meanActivation } = moments;
  const values = new Float64Array(n * n);
  const gram = new Float64Array(n * n);
  let [trace, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      values[i * n + j] = (covariance[i * n + j]! + covariance[j * n + i]!) / 2;
      gram[i * n + j] = values[i * n + j]! + mean[i]! * mean[j]!;
    }
    trace += values[i * n + i]!;
    squares += gram[i * n + i]!;
  }
  const found = tap === 'pre' ? Math.sqrt(squares / n) : Math.abs(safeMeanActivation(meanActivation));
  const unit = Math.max(found, FLOOR.unit);
  const spread = Math.max(trace / n, FLOOR.spread * unit ** 2);
  return {
    ...{ channels: n, unit, values, spread },
    mean: { rows: n, columns: 1, values: mean },
    gram: square(n, gram),
  };
}

/** An N × N matrix from its values. */
export function square(channels: number, values: HostMatrix['values']): HostMatrix {
  return { rows: channels, columns: channels, values };
}

/**
 * Σ − Σ_t and m − m_t of features with the moments G and m: as (G − G_t) − (δmᵀ + m_tδᵀ) with δ = m − m_t, in which
 * near the target nothing large is subtracted from its like.
 */
export function differences<M, S>(
  ops: MatrixOps<M, S>,
  { gram, mean }: MomentHandles<M>,
  target: { readonly G: M; readonly m: M },
): { readonly covariance: M; readonly shift: M; readonly mean: M } {
  if (gram === undefined || mean === undefined) throw new RangeError('a covariance needs products and means');
  const shift = ops.subtractMatrix(mean, target.m);
  const outer = (a: M, b: M) => ops.matMul(a, b, { b: true });
  const products = ops.subtractMatrix(ops.subtractMatrix(gram, target.G), outer(shift, mean));
  return { covariance: ops.subtractMatrix(products, outer(target.m, shift)), shift, mean };
}

/** The vector of a slope, (m−m_t)/2 − K m: of the mean itself, and of −mmᵀ in the covariance, whose slope is 2K. */
export function meanSlope<M, S>(ops: MatrixOps<M, S>, shift: M, matrix: M, mean: M): M {
  return ops.subtractMatrix(ops.scaleMatrix(shift, 0.5), ops.matMul(matrix, mean));
}
