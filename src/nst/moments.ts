import type { LayerName } from './vgg19';

/** What a style term knows of an image at a layer: nothing of where features are. */
export interface Moments {
  readonly layer: LayerName;
  readonly channels: number;
  /** H·W of the features; of a blend, as many as its average is worth. */
  readonly positions: number;
  /** N·N values of F Fᵀ/(H·W), row by row. */
  readonly gram: Float32Array | Float64Array;
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
  const blended = new Map<LayerName, Moments>();
  for (const { weight, moments } of shares) {
    const share = weight / total;
    for (const one of moments) {
      const sum = blended.get(one.layer);
      blended.set(one.layer, {
        ...one,
        gram: addedShare(sum?.gram, share, one.gram),
        mean: addedShare(sum?.mean, share, one.mean),
        meanActivation: (sum?.meanActivation ?? 0) + share * one.meanActivation,
        positions: 1 / ((sum === undefined ? 0 : 1 / sum.positions) + share ** 2 / one.positions),
      });
    }
  }
  return blended;
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
