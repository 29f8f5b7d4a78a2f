import type { LayerName } from './vgg19';

/** What a style term knows of an image at a layer: nothing of where features are. */
export interface Moments {
  readonly layer: LayerName;
  readonly channels: number;
  /** H·W of the features; of a blend, as many as its average is worth. */
  readonly positions: number;
  /** N·N values of F Fᵀ/(H·W), row by row. */
  readonly gram: Float32Array | Float64Array;
  /** N·N values of (F−m)(F−m)ᵀ/(H·W): from F Fᵀ alone float32 would not know small variances beside large means. */
  readonly covariance: Float32Array | Float64Array;
  /** N values: the mean of each channel. */
  readonly mean: Float32Array | Float64Array;
  /** Mean over all values. */
  readonly meanActivation: number;
}

/**
 * a_l as a divisor. An image without any activation at a layer (black, or a constant) has none to normalize by:
 * there the features count as they are.
 */
export function safeMeanActivation(meanActivation: number): number {
  return Math.abs(meanActivation) > 1e-12 ? meanActivation : 1;
}

/** Moments of one style image, and its share. */
interface Share {
  readonly weight: number;
  readonly moments: readonly Moments[];
}

/**
 * Moments of a blend of images by weight: the averages of their Gram matrices and means, which are those of the images'
 * features put together. As many positions count as would tell an average as exactly.
 */
export function blendMoments(shares: readonly Share[]): Map<LayerName, Moments> {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  const means = new Map<LayerName, Float64Array>();
  for (const { weight, moments } of shares)
    for (const { layer, mean } of moments) {
      const sum = means.get(layer) ?? new Float64Array(mean.length);
      mean.forEach((value, i) => (sum[i]! += (weight / total) * value));
      means.set(layer, sum);
    }
  const blended = new Map<LayerName, Moments>();
  for (const { weight, moments } of shares) {
    const share = weight / total;
    for (const one of moments) {
      const sum = blended.get(one.layer);
      blended.set(one.layer, {
        ...one,
        gram: addedShare(sum?.gram, share, one.gram),
        covariance: addedCovariance(sum?.covariance, share, one, means.get(one.layer)!),
        mean: means.get(one.layer)!,
        meanActivation: (sum?.meanActivation ?? 0) + share * one.meanActivation,
        positions: 1 / ((sum === undefined ? 0 : 1 / sum.positions) + share ** 2 / one.positions),
      });
    }
  }
  return blended;
}

/** Adds share · (Σ + (m−m̄)(m−m̄)ᵀ), whose sum is the covariance about the mean m̄ of the blend. */
function addedCovariance(
  sum: Values | undefined,
  share: number,
  { channels: n, covariance, mean }: Moments,
  center: Float64Array,
): Values {
  const result = sum ?? new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const apart = (mean[i]! - center[i]!) * (mean[j]! - center[j]!);
      result[i * n + j]! += share * (covariance[i * n + j]! + apart);
    }
  }
  return result;
}

type Values = Moments['gram'];

/** In the precision of the values. */
function addedShare(sum: Values | undefined, share: number, values: Values): Values {
  const result =
    sum ??
    (values instanceof Float64Array ? new Float64Array(values.length) : new Float32Array(values.length));
  for (let i = 0; i < result.length; i++) result[i] = (result[i] ?? 0) + share * (values[i] ?? NaN);
  return result;
}
