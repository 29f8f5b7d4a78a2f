import type { FloatImage, Size } from '../image';
import type { Moments } from '../moments';
import type { MatrixOps, MomentSlope, Ops } from '../ops';

/** `mean`: independent of size and network (CONTRIBUTING.md, "Losses"). `paper`: the literal sums of Gatys et al. */
export type Units = 'mean' | 'paper';

/** A matrix on the host, row by row. */
export interface HostMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array | Float64Array;
}

/** A term as it is measured: the raw sum, and its part of the gradient where it reads. */
export interface Measured<F, S> {
  readonly sum: S;
  readonly gradient: F;
}

/** What every kind says of itself. */
interface Scaled {
  /** What the derivative of the raw sum begins with: the coefficient of a gradient is slope · scale · strength. */
  readonly slope: number;
}

/** The target features of a term, and the size of the picture's. */
export interface FeatureTarget {
  /** a_l, as a divisor. */
  readonly meanActivation: number;
  readonly channels: number;
  /** H·W of the features of the generated image. */
  readonly positions: number;
}

/** Compares features with those of the content image, place by place. */
export interface FeatureKind extends Scaled {
  readonly reads: 'features';
  /** Factor k of loss = k · raw sum. */
  scale(units: Units, target: FeatureTarget): number;
  measure<F, M, S, C>(ops: Ops<F, M, S, C>, features: F, target: F, coefficient: C): Measured<F, S>;
}

/** The moments of the picture's features at a layer, as handles: those that a kind needs. */
export interface MomentHandles<M> {
  /** F Fᵀ/(H·W). */
  readonly gram?: M;
  /** m = F 1/(H·W), a column. */
  readonly mean?: M;
  /** (F−m)(F−m)ᵀ/(H·W), which is never negative, whatever is lost in rounding. */
  readonly covariance?: M;
}
export type MomentName = keyof MomentHandles<unknown>;

/** What a statistic depends on beside the moments. */
export interface StatisticSpec {
  readonly units: Units;
  readonly tap: 'post' | 'pre';
}

/** Compares moments of features, in which places do not count, with those of the style images. */
export interface StatisticKind extends Scaled {
  readonly reads: 'moments';
  /** The moments that `compare` is given. */
  readonly needs: readonly MomentName[];
  /** Factor k of loss = k · raw sum, and the fixed matrices that `compare` asks for. */
  target(
    moments: Moments,
    spec: StatisticSpec,
  ): { readonly scale: number; readonly matrices: Readonly<Record<string, HostMatrix>> };
  compare<M, S>(
    ops: MatrixOps<M, S>,
    moments: MomentHandles<M>,
    target: Readonly<Record<string, M>>,
  ): { readonly sum: S; readonly slope: MomentSlope<M> };
}

/** Looks at the picture alone. The raw sum is the loss. */
export interface ImageKind extends Scaled {
  readonly reads: 'image';
  measure<F, M, S, C>(ops: Ops<F, M, S, C>, image: F, coefficient: C): Measured<F, S>;
  /** The same on the host: the loss; adds coefficient · its gradient to `gradient`. */
  onHost(image: FloatImage['data'], size: Size, coefficient: number, gradient: Float32Array): number;
}

export type Kind = FeatureKind | StatisticKind | ImageKind;
