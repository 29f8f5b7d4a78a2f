import { hostVectors } from '../../src/nst/hostVector';
import type { Size } from '../../src/nst/image';
import { Lbfgs, LBFGS_DEFAULTS } from '../../src/nst/lbfgs';
import type { Evaluate } from '../../src/nst/optimizer';
import { createOptimizer, type OptimizerChoice } from '../../src/nst/optimizerChoice';
import { HostPreconditioner } from '../../src/nst/preconditioner';
import type { Preconditioner } from '../../src/nst/vector';
import { classicLbfgs } from './classic';

/** Descends from the start, evaluating until it has done so the given number of times (or a few more). */
export type Solve = (
  start: Float32Array,
  evaluate: Evaluate<Float32Array>,
  evaluations: number,
  size: Size,
) => Promise<void>;

function stepping(choice: OptimizerChoice): Solve {
  return async (start, evaluate, evaluations, size) => {
    const optimizer = createOptimizer(hostVectors, choice, size, start);
    while (optimizer.evaluations < evaluations) await optimizer.step(evaluate);
  };
}

const lbfgs = (history: number) => stepping({ kind: 'lbfgs', history });

/** L-BFGS of the default history with another preconditioner. */
function preconditioned(create: (size: Size) => Preconditioner<Float32Array>): Solve {
  return async (start, evaluate, evaluations, size) => {
    const optimizer = new Lbfgs(hostVectors, start, create(size));
    while (optimizer.evaluations < evaluations) await optimizer.step(evaluate);
  };
}

const identity: Preconditioner<Float32Array> = {
  apply: (target, x) => {
    target.set(x);
  },
};

export const CLASSIC = 'classic, history 100';
export const OURS = `Atelier, history ${LBFGS_DEFAULTS.history}`;

export const CONTESTANTS: Readonly<Record<string, Solve>> = {
  [CLASSIC]: (start, evaluate, evaluations) => classicLbfgs(start, evaluate, evaluations),
  [OURS]: lbfgs(LBFGS_DEFAULTS.history),
};

/** What else was measured, on the same problems. */
export const VARIANTS: Readonly<Record<string, Solve>> = {
  'history 5': lbfgs(5),
  'history 20': lbfgs(20),
  'without a preconditioner': preconditioned(() => identity),
  'exponent 0.5': preconditioned(size => new HostPreconditioner(size, 0.5)),
  'exponent 1': preconditioned(size => new HostPreconditioner(size, 1)),
  'Adam, rate 0.02': stepping({ kind: 'adam', rate: 0.02 }),
  'Adam, rate 0.05': stepping({ kind: 'adam', rate: 0.05 }),
};
