import { symmetricEigen } from '../eigen';
import { covarianceOf, meanSlope, square } from './covariance';
import type { StatisticKind } from './kind';

/** Added to the eigenvalues of both covariances, as a part of τ. */
const SOFTENING = 1e-2;

/** At least this part of a², where float32 has rounded a covariance. */
const LEAST = 1e-3;

/** Each brings a root's small eigenvalues nearer by half as much again, then squares what is left to go. */
const ITERATIONS = 24;

/**
 * Mean and covariance by the squared Wasserstein-2 distance of Gaussians: in mean units
 * (|μ−μ_t|² + tr(Σ_ε + Σ_tε − 2 K^½))/N with K = R Σ_ε R, R = Σ_tε^½ and Σ_ε = Σ + εI, ε = 10⁻²·τ. The coupled
 * Newton–Schulz iteration gives K^½ and K^−½ together, and dS/dΣ = I − R K^−½ R (raw features, as in `bures`).
 *
 * An eigenvalue that rounding brings below zero grows with every iteration, until there is no number left. Therefore
 * Σ is computed about the mean, and all is in the basis V of Σ_t, where R is diagonal: K_ij = r_i r_j Σ_ε,ij is rounded
 * within itself, as small as it may be.
 */
export const wasserstein: StatisticKind = {
  reads: 'moments',
  needs: ['covariance', 'mean'],
  slope: 4,
  target(moments, spec) {
    const target = covarianceOf(moments, spec);
    const { channels: n, unit, mean: m, spread } = target;
    const epsilon = Math.max(SOFTENING * spread, LEAST * unit ** 2);
    const { values, vectors } = symmetricEigen(target.values, n);
    const lambda = values.map(value => Math.max(0, value) + epsilon);
    const P = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) P[i * n + j] = Math.sqrt(lambda[i]! * lambda[j]!);
    return {
      scale: 1 / (unit ** 2 * n),
      matrices: {
        m,
        I: diagonal(n, () => 1),
        E: diagonal(n, () => -epsilon),
        L: diagonal(n, i => lambda[i]!),
        V: square(n, vectors),
        P: square(n, P),
      },
    };
  },
  compare(ops, { covariance, mean }, { m, I, E, L, V, P }) {
    const shift = ops.subtractMatrix(mean!, m!);
    const turned = ops.matMul(ops.matMul(V!, covariance!), V!, { b: true });
    const softened = ops.subtractMatrix(turned, E!);
    const product = ops.hadamard(P!, softened);
    const norm = ops.squareRoot(ops.sumSquaresMatrix(product));
    let root = ops.overScalar(product, norm);
    let inverse = ops.scaleMatrix(I!, 1);
    const threeHalves = ops.scaleMatrix(I!, 1.5);
    for (let i = 0; i < ITERATIONS; i++) {
      const half = ops.scaleMatrix(ops.matMul(inverse, root), 0.5);
      const step = ops.subtractMatrix(threeHalves, half);
      root = ops.matMul(root, step);
      inverse = ops.matMul(step, inverse);
    }
    const size = ops.squareRoot(norm);
    const twice = ops.scaleMatrix(ops.timesScalar(root, size), 2);
    const apart = ops.subtractMatrix(softened, ops.subtractMatrix(twice, L!));
    const pulled = ops.hadamard(P!, ops.overScalar(inverse, size));
    const slope = ops.scaleMatrix(ops.subtractMatrix(I!, pulled), 0.5);
    const matrix = ops.matMul(ops.matMul(V!, slope, { a: true }), V!);
    return {
      sum: ops.addScalars(ops.sumSquaresMatrix(shift), ops.sumProducts(apart, I!)),
      slope: { matrix, vector: meanSlope(ops, shift, matrix, mean!) },
    };
  },
};

function diagonal(n: number, value: (i: number) => number) {
  return square(
    n,
    Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? value(i / (n + 1)) : 0)),
  );
}
