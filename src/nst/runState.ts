import type { FloatImage, Size } from './image';
import type { Strengths } from './objective';

/**
 * Complete state of a run between two steps: going on from it gives the same bytes as never having stopped. The
 * random generator is drawn from only for the noise of the very start, before there is a state, so it has no part
 * in it. Vectors may be those that the run works on: write or copy them before the next step.
 */
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

/** The picture of a state, by reference. Throws a RangeError when it has none. */
export function pictureOf({ size: { width, height }, vectors: { position } }: RunState): FloatImage {
  if (position === undefined) throw new RangeError('the state has no picture');
  return { width, height, data: position };
}

/** A state whose optimizer remembers nothing but where it is. */
export function withoutMemory(state: RunState): RunState {
  const { kind, numbers } = state.optimizer;
  return {
    ...state,
    optimizer: { kind, numbers: { evaluations: numbers.evaluations ?? 0 } },
    vectors: { position: pictureOf(state).data },
  };
}
