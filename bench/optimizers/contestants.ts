import { Adam, ADAM_DEFAULTS } from '../../src/nst/adam';
import { hostVectors } from '../../src/nst/hostVector';
import { Lbfgs, LBFGS_DEFAULTS } from '../../src/nst/lbfgs';
import type { Evaluate, Optimizer } from '../../src/nst/optimizer';
import { classicLbfgs } from './classic';

/** Descends from the start, evaluating until it has done so the given number of times (or a few more). */
export type Solve = (
  start: Float32Array,
  evaluate: Evaluate<Float32Array>,
  evaluations: number,
) => Promise<void>;

function stepping(create: (start: Float32Array) => Optimizer<Float32Array>): Solve {
  return async (start, evaluate, evaluations) => {
    const optimizer = create(start);
    while (optimizer.evaluations < evaluations) await optimizer.step(evaluate);
  };
}

const lbfgs = (history: number) =>
  stepping(start => new Lbfgs(hostVectors, start, { ...LBFGS_DEFAULTS, history }));
const adam = (rate: number) => stepping(start => new Adam(hostVectors, start, { ...ADAM_DEFAULTS, rate }));

export const CLASSIC = 'classic, history 100';
export const OURS = `Atelier, history ${LBFGS_DEFAULTS.history}`;

export const CONTESTANTS: Readonly<Record<string, Solve>> = {
  [CLASSIC]: classicLbfgs,
  [OURS]: lbfgs(LBFGS_DEFAULTS.history),
};

/** What else was measured, on the same problems. */
export const VARIANTS: Readonly<Record<string, Solve>> = {
  'history 5': lbfgs(5),
  'history 20': lbfgs(20),
  'history 30': lbfgs(30),
  'Adam, rate 0.01': adam(0.01),
  'Adam, rate 0.02': adam(0.02),
  'Adam, rate 0.05': adam(0.05),
};
