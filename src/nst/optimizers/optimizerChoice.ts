import { Adam, ADAM_DEFAULTS, type AdamOptions } from './adam';
import type { Size } from '../image';
import type { Init } from '../init';
import { Lbfgs, LBFGS_DEFAULTS, type LbfgsOptions } from './lbfgs';
import type { ObjectiveSpec } from '../objective';
import type { Optimizer, OptimizerState } from './optimizer';
import { gainsFor } from './preconditioner';
import { layersOfTerms } from '../terms/term';
import type { Preconditioner, VectorSpace } from './vectorSpace';
import type { LayerName } from '../vgg19';

/** An optimizer by name, with what departs from its defaults; L-BFGS has a preconditioner unless told otherwise. */
export type OptimizerChoice =
  | ({ readonly kind: 'lbfgs'; readonly preconditioned?: boolean } & Partial<LbfgsOptions>)
  | ({ readonly kind: 'adam' } & Partial<AdamOptions>);

/** What an optimizer is told of the objective. */
export interface ObjectiveShape {
  /** Of the image. */
  readonly size: Size;
  /** Those that the objective looks at. */
  readonly layers: readonly LayerName[];
  /** What the descent began from, at its first scale. */
  readonly init: Init;
}

export function objectiveShapeOf(
  { terms }: ObjectiveSpec,
  size: Size,
  init: ObjectiveShape['init'],
): ObjectiveShape {
  return { size, layers: layersOfTerms(terms), init };
}

/** A new optimizer at `position`, which it takes over. */
export function createOptimizer<V>(
  space: VectorSpace<V>,
  choice: OptimizerChoice,
  objectiveShape: ObjectiveShape,
  position: V,
): Optimizer<V> {
  return restoreOptimizer(space, choice, objectiveShape, {
    kind: choice.kind,
    numbers: { evaluations: 0 },
    vectors: { position },
  });
}

/**
 * The optimizer that a state was saved from, with the same choice and shape; it takes the vectors over.
 * @throws RangeError when the state is of another kind, or has no position
 */
export function restoreOptimizer<V>(
  space: VectorSpace<V>,
  choice: OptimizerChoice,
  { size, layers, init }: ObjectiveShape,
  state: OptimizerState<V>,
): Optimizer<V> {
  if (state.kind !== choice.kind) throw new RangeError(`a state of ${state.kind} where ${choice.kind} runs`);
  switch (choice.kind) {
    case 'lbfgs': {
      const { preconditioned = true, ...options } = choice;
      const gains = preconditioned ? gainsFor(size, layers, init) : [];
      const preconditioner = gains.length > 0 ? space.preconditioner(size, gains) : identity(space);
      return Lbfgs.restore(space, state, preconditioner, { ...LBFGS_DEFAULTS, ...options });
    }
    case 'adam':
      return Adam.restore(space, state, { ...ADAM_DEFAULTS, ...choice });
  }
}

function identity<V>(space: VectorSpace<V>): Preconditioner<V> {
  return {
    apply: (target, x) => {
      space.combine(target, [[1, x]]);
    },
  };
}
