import { symmetricEigen } from './eigen';
import { HostMatrixOps } from './hostMatrix';
import type { Moments } from './moments';
import { covarianceOf, square } from './terms/covariance';
import { spectral } from './terms/spectral';

/** Added to the eigenvalues of both covariances, as a part of τ. */
const SOFTENING = 1e-2;

/**
 * The squared Wasserstein-2 distance of features to a target's, as Gaussians, in mean units and double precision:
 * (|μ−μ_t|² + tr(Σ_ε + Σ_tε − 2 (R Σ_ε R)^½))/N with R = Σ_tε^½ and ε = 10⁻²·τ. The same as the loss `wasserstein`,
 * with eigenvalues instead of an iteration.
 */
export function transportDistance(moments: Moments, target: Moments): number {
  const of = (one: Moments) => covarianceOf(one, { units: 'mean', tap: 'post' });
  const [found, wanted] = [of(moments), of(target)];
  const { channels: n, unit } = wanted;
  const epsilon = SOFTENING * wanted.spread;
  const softened = (values: Float64Array) =>
    values.map((value, i) => value + (i % (n + 1) === 0 ? epsilon : 0));
  const ops = new HostMatrixOps();
  const eigen = symmetricEigen(wanted.values, n);
  const lambda = eigen.values.map(value => Math.max(0, value) + epsilon);
  const root = square(n, spectral(lambda.map(Math.sqrt), eigen.vectors, n));
  const covariance = square(n, softened(found.values));
  const product = ops.matMul(ops.matMul(root, covariance), root);
  const { values: squares } = symmetricEigen(product.values, n);
  const traceOfRoot = sum(squares.map(value => Math.sqrt(Math.max(0, value))));
  const shift = sum(moments.mean.map((value, i) => (value - target.mean[i]!) ** 2));
  let traces = sum(lambda);
  for (let i = 0; i < n; i++) traces += covariance.values[i * (n + 1)]!;
  return (shift + traces - 2 * traceOfRoot) / (unit ** 2 * n);
}

function sum(values: Float32Array | Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
