import { symmetricEigen } from '../eigen';
import { covarianceOf, differences, meanSlope, square } from './covariance';
import type { StatisticKind } from './kind';
import { spectral } from './spectral';

/** Added to the eigenvalues of both covariances, as a part of τ. */
const SOFTENING = 1e-2;

/** At least this part of a²: float32 rounds a covariance to within that, and an iteration for a root ends in no number. */
const LEAST = 1e-3;

/** Each brings a root's small eigenvalues nearer by half as much again, then squares what is left to go. */
const ITERATIONS = 24;

/**
 * Mean and covariance by the squared Wasserstein-2 distance of Gaussians: in mean units
 * (|μ−μ_t|² + tr(Σ_ε + Σ_tε − 2 K^½))/N with K = R Σ_ε R, R = Σ_tε^½ and Σ_ε = Σ + εI, ε = 10⁻²·τ. The coupled
 * Newton–Schulz iteration gives K^½ and K^−½ together, and dS/dΣ = I − R K^−½ R (raw features, as in `bures`).
 */
export const wasserstein: StatisticKind = {
  reads: 'moments',
  needsMean: true,
  slope: 4,
  target(moments, spec) {
    const target = covarianceOf(moments, spec);
    const { channels: n, unit, mean: m, gram: G, spread } = target;
    const epsilon = Math.max(SOFTENING * spread, LEAST * unit ** 2);
    const { values, vectors } = symmetricEigen(target.values, n);
    const lambda = values.map(value => Math.max(0, value) + epsilon);
    return {
      scale: 1 / (unit ** 2 * n),
      matrices: {
        m,
        G,
        I: diagonal(n, 1),
        C: square(n, spectral(lambda, vectors, n)),
        R: square(n, spectral(lambda.map(Math.sqrt), vectors, n)),
      },
    };
  },
  compare(ops, moments, { m, G, I, C, R }) {
    const { covariance, shift, mean } = differences(ops, moments, { m: m!, G: G! });
    const negative = ops.scaleMatrix(C!, -1);
    const softened = ops.subtractMatrix(covariance, negative);
    const product = ops.matMul(ops.matMul(R!, softened), R!);
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
    const apart = ops.subtractMatrix(softened, ops.subtractMatrix(twice, C!));
    const pulled = ops.matMul(ops.matMul(R!, ops.overScalar(inverse, size)), R!);
    const matrix = ops.scaleMatrix(ops.subtractMatrix(I!, pulled), 0.5);
    return {
      sum: ops.addScalars(ops.sumSquaresMatrix(shift), ops.sumProducts(apart, I!)),
      slope: { matrix, vector: meanSlope(ops, shift, matrix, mean) },
    };
  },
};

function diagonal(n: number, value: number) {
  return square(
    n,
    Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? value : 0)),
  );
}
