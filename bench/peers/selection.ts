import type { Pooling } from '../../src/nst/ops';

/** Which part of the whole benchmark is asked for. */
export interface Selection {
  readonly models: readonly string[];
  readonly sizes: readonly number[];
  readonly threads: readonly number[];
  readonly pooling: Pooling;
  /** Turns of each program. */
  readonly rounds: number;
  /** Evaluations of a descent. */
  readonly evaluations: number;
  /** Places of the pairs in the list, from 1. */
  readonly pairs: readonly number[];
  readonly inits: readonly ('content' | 'noise')[];
  /** Measures again what was measured before. */
  readonly again: boolean;
  /** Whether the time for new measurements is over. */
  readonly isOver: () => boolean;
}
