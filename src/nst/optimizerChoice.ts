import { Adam, ADAM_DEFAULTS, type AdamOptions } from './adam';
import type { Size } from './image';
import { Lbfgs, LBFGS_DEFAULTS, type LbfgsOptions } from './lbfgs';
import type { Optimizer, OptimizerState } from './optimizer';
import type { VectorSpace } from './vector';

/** An optimizer by name, with what departs from its defaults. */
export type OptimizerChoice =
  ({ readonly kind: 'lbfgs' } & Partial<LbfgsOptions>) | ({ readonly kind: 'adam' } & Partial<AdamOptions>);

/** A new optimizer at `position`, which it takes over. */
export function createOptimizer<V>(
  space: VectorSpace<V>,
  choice: OptimizerChoice,
  size: Size,
  position: V,
): Optimizer<V> {
  return restoreOptimizer(space, choice, size, {
    kind: choice.kind,
    numbers: { evaluations: 0 },
    vectors: { position },
  });
}

/**
 * The optimizer that a state was saved from, at an image of the given size; it takes the vectors over.
 * @throws RangeError when the state is of another kind, or has no position
 */
export function restoreOptimizer<V>(
  space: VectorSpace<V>,
  choice: OptimizerChoice,
  size: Size,
  state: OptimizerState<V>,
): Optimizer<V> {
  if (state.kind !== choice.kind) throw new RangeError(`a state of ${state.kind} where ${choice.kind} runs`);
  switch (choice.kind) {
    case 'lbfgs':
      return Lbfgs.restore(space, state, space.preconditioner(size), { ...LBFGS_DEFAULTS, ...choice });
    case 'adam':
      return Adam.restore(space, state, { ...ADAM_DEFAULTS, ...choice });
  }
}
