import type { LayerName } from './vgg19';

/** How a 2x2 window of stride 2 becomes one value; a last odd row or column is dropped. */
export type Pooling = 'avg' | 'max';

/**
 * What a convolution sees beyond the edge: zeros, as VGG-19 was trained, or the nearest pixel again. Zeros make an edge
 * of every border that is not of the mean colour, and the optimizer paints a frame there to put texture on it.
 */
export type Padding = 'zero' | 'replicate';

/** A rectangle of a map, in its positions. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Values from `low` to `high`. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Algebra of small matrices. M: matrix. S: scalar that comes back to the host. */
export interface MatrixOps<M, S> {
  subtractMatrix(a: M, b: M): M;
  /** a · b, each transposed first where `transposed` says so. */
  matMul(a: M, b: M, transposed?: { readonly a?: boolean; readonly b?: boolean }): M;
  /** Products of the elements at the same places. */
  hadamard(a: M, b: M): M;
  scaleMatrix(x: M, factor: number): M;
  timesScalar(x: M, factor: S): M;
  overScalar(x: M, divisor: S): M;
  /** Sum of the squares of all elements. */
  sumSquaresMatrix(x: M): S;
  /** Sum of the products of the elements at the same places. */
  sumProducts(a: M, b: M): S;
  addScalars(a: S, b: S): S;
  squareRoot(x: S): S;
}

/** What moments of features pass back: slope/(H·W) · (matrix · F + vector · 1ᵀ), with a symmetric matrix. */
export interface MomentSlope<M> {
  readonly matrix: M;
  /** A column. */
  readonly vector?: M;
}

/**
 * What the objective asks of a device. Nothing here knows of memory layouts, and a handle may be a result
 * (an eager backend) or a name for one (a backend that records a graph).
 *
 * F: feature map of channels × height × width. M: matrix of channels × channels, or a column of channels. S: scalar
 * that comes back to the host. C: coefficient that the host may change from one evaluation to the next.
 */
export interface Ops<F, M, S, C> extends MatrixOps<M, S> {
  /** image − the network's mean colour. */
  normalize(image: F): F;
  /** 3x3 'same' convolution with bias, before the activation. */
  conv(x: F, layer: LayerName, padding: Padding): F;
  /**
   * Gradient of `conv` with respect to its input: the convolution with the rotated, transposed kernel; what it gives
   * to repeated pixels is added to those they repeat.
   */
  convBack(gradient: F, layer: LayerName, padding: Padding): F;
  relu(x: F): F;
  /** `gradient` where `activation` (after ReLU) is positive, else 0. */
  reluBack(gradient: F, activation: F): F;
  pool(x: F, pooling: Pooling): F;
  /** Gradient of `pool` with respect to its input `x`, given its output `y`; dropped rows and columns get 0. */
  poolBack(gradient: F, x: F, y: F, pooling: Pooling): F;
  /** F Gᵀ / (H·W); G, which is F itself unless given, has the size of F. */
  gram(x: F, weighted?: F): M;
  /** F − m 1ᵀ, with m the mean of each channel: of F, or of its weighted values where they are given. */
  centred(x: F, weighted?: F): F;
  /** m = F 1 / (H·W), a column: the mean of each channel. */
  channelMeans(x: F): M;
  /** coefficient · (matrix · F + vector · 1ᵀ) / (H·W): what moments pass back to their features. */
  momentsBack(slope: MomentSlope<M>, x: F, coefficient: C): F;
  /** The rows and columns of x that a window shows. */
  crop(x: F, window: Window): F;
  /** Gradient of `crop` with respect to its input `x`: zeros outside the window. */
  cropBack(gradient: F, x: F, window: Window): F;
  /** Every channel of x times a map of one channel. */
  weigh(x: F, mask: F): F;
  subtract(a: F, b: F): F;
  add(a: F, b: F): F;
  scale(x: F, coefficient: C): F;
  /** Every channel ← the mean of all channels there. */
  grey(x: F): F;
  /** Sum of the squares of all elements. */
  sumSquares(x: F): S;
  /** mean((x[i+1,j]−x[i,j])²) + mean((x[i,j+1]−x[i,j])²) over channels and positions. */
  totalVariation(image: F): S;
  /** coefficient · the gradient of `totalVariation`. */
  totalVariationBack(image: F, coefficient: C): F;
  /** mean((x − clamp(x, low, high))²) over channels and positions. */
  excess(image: F, interval: Interval): S;
  /** coefficient · the gradient of `excess`. */
  excessBack(image: F, coefficient: C, interval: Interval): F;
}
