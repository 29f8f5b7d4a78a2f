import type { FloatImage, Size } from './image';
import type { StyleImage } from './executor';
import type { Losses, ObjectiveSpec, Strengths } from './objective';

/** One level of the pyramid. */
export interface ScalePlan {
  readonly size: Size;
  readonly steps: number;
}

export interface OptimizerChoice {
  readonly kind: 'lbfgs' | 'adam';
}

/** Everything a run needs to know besides pixels. */
export interface StylizePlan {
  readonly scales: readonly ScalePlan[];
  readonly spec: ObjectiveSpec;
  readonly strengths: Strengths;
  readonly optimizer: OptimizerChoice;
  readonly init: 'content' | 'noise' | 'image';
  readonly seed: number;
}

/** The pictures of a run at any scale; must give the same values whenever they are asked for the same size. */
export interface Sources {
  content(size: Size): Promise<FloatImage>;
  styles(size: Size): Promise<readonly StyleImage[]>;
  /** The start image, for `init: 'image'`. */
  start(size: Size): Promise<FloatImage>;
}

/** One step of a run, after it has been taken. */
export interface Step {
  readonly scaleIndex: number;
  readonly size: Size;
  /** From 1, over all scales. */
  readonly step: number;
  readonly totalSteps: number;
  readonly evaluations: number;
  readonly losses: Losses;
  /** The picture as it stands; fetched from the device only when called, valid until the next step. */
  image(): FloatImage;
}

/** Complete state of a run between two steps: restoring it gives the same bytes as never having stopped. */
export interface RunState {
  readonly scaleIndex: number;
  readonly step: number;
  readonly evaluations: number;
  readonly strengths: Strengths;
  readonly size: Size;
  readonly optimizer: {
    readonly kind: 'lbfgs' | 'adam';
    readonly numbers: Readonly<Record<string, number | readonly number[]>>;
  };
  /** Named vectors: `position` and the optimizer's own, in the executor's host layout. */
  readonly vectors: Readonly<Record<string, Float32Array>>;
}
