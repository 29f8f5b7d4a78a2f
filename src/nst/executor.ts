import type { FloatImage, Size } from './image';
import type { Moments } from './moments';
import type { Losses, ObjectiveSpec, Reading, Strengths } from './objective';
import type { VectorSpace } from './optimizers/vectorSpace';
import type { Guidance } from './regions/guidance';
import type { StyleImage } from './styleImage';
import type { LayerName } from './vgg19';

/** The loss and its gradient at one image. */
export interface Evaluation<V> {
  readonly losses: Losses;
  /** d total / d image, in the layout of the image vector. Owned by the caller, who disposes it. */
  readonly gradient: V;
}

/** The objective at one size, with its targets, ready to be evaluated many times. */
export interface Objective<V> {
  readonly size: Size;
  evaluate(image: V, strengths: Strengths): Promise<Evaluation<V>>;
  /** Frees the graph and its targets. */
  dispose(): Promise<void>;
}

/** What makes an `Objective`: the images whose content and style are wanted. */
export interface ObjectiveRequest {
  readonly spec: ObjectiveSpec;
  /** Has the size of the generated image. */
  readonly content: FloatImage;
  readonly styles: readonly StyleImage[];
  /** Which part of the picture is painted how; without it all of it in the styles. */
  readonly guidance?: Guidance;
}

/** A device with a network on it. V is the device's image vector. */
export interface Executor<V> {
  readonly space: VectorSpace<V>;
  fromImage(image: FloatImage): V;
  toImage(vector: V, size: Size): FloatImage;
  prepare(request: ObjectiveRequest): Promise<Objective<V>>;
  /** Moments of the features of any image (any size ≥ 16 px) at the layers, for views. */
  moments(image: FloatImage, layers: readonly LayerName[], reading: Reading): Promise<Moments[]>;
  dispose(): Promise<void>;
}
