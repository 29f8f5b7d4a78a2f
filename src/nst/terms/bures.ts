import { symmetricEigen } from '../eigen';
import { covarianceOf, differences, meanSlope, square } from './covariance';
import type { StatisticKind } from './kind';

/** Beside the sampling error of a covariance, this part of τ is added to every eigenvalue. */
const SOFTENING = 1e-2;

/**
 * Mean and covariance in the metric of optimal transport, to second order at the target: in mean units
 * (|μ−μ_t|² + Σ_ij W_ij D_ij²)/N with D = Uᵀ(Σ−Σ_t)U, Σ_t = U Λ Uᵀ and W_ij = 1/(2(λ_i+λ_j+2ε)), which is what the
 * squared Wasserstein-2 distance of Gaussians (of Bures, where means agree) comes to near Σ_t. What the style does not
 * do is expensive. ε = (10⁻² + N/M_t)·τ; N/M_t is the sampling error of a covariance of M_t positions.
 *
 * All on raw features, so that a² is in the scale alone: S = |m−m_t|² + Σ (Q∘D)², Q² = W, dS/dΣ = 2K.
 */
export const bures: StatisticKind = {
  reads: 'moments',
  needs: ['gram', 'mean'],
  slope: 4,
  target(moments, spec) {
    const target = covarianceOf(moments, spec);
    const { channels: n, unit, mean: m, gram: G, spread } = target;
    const epsilon = (SOFTENING + n / moments.positions) * spread;
    const { values, vectors } = symmetricEigen(target.values, n);
    const lambda = values.map(value => Math.max(0, value) + epsilon);
    const Q = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) Q[i * n + j] = Math.sqrt(1 / (2 * (lambda[i]! + lambda[j]!)));
    return {
      scale: 1 / (unit ** 2 * n),
      matrices: { m, G, V: square(n, vectors), Q: square(n, Q) },
    };
  },
  compare(ops, moments, { m, G, V, Q }) {
    const { covariance, shift, mean } = differences(ops, moments, { m: m!, G: G! });
    const difference = ops.matMul(ops.matMul(V!, covariance), V!, { b: true });
    const weighted = ops.hadamard(Q!, difference);
    const matrix = ops.matMul(ops.matMul(V!, ops.hadamard(Q!, weighted), { a: true }), V!);
    return {
      sum: ops.addScalars(ops.sumSquaresMatrix(shift), ops.sumSquaresMatrix(weighted)),
      slope: { matrix, vector: meanSlope(ops, shift, matrix, mean) },
    };
  },
};
