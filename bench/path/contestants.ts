import { hostVectors } from '../../src/nst/optimizers/hostVectors';
import type { Size } from '../../src/nst/image';
import { Lbfgs, LBFGS_DEFAULTS, type LbfgsOptions } from '../../src/nst/optimizers/lbfgs';
import type { Evaluate, Optimizer } from '../../src/nst/optimizers/optimizer';
import { createOptimizer } from '../../src/nst/optimizers/optimizerChoice';
import { gainsOf, HostPreconditioner } from '../../src/nst/optimizers/preconditioner';
import type { Preconditioner } from '../../src/nst/optimizers/vectorSpace';
import { plainLbfgs, type PlainOptions } from './plain';
import { DecorrelatedColours, identity, STEEP } from './preconditioners';
import type { Descent } from './problem';
import { pyramid, type Coarse } from './pyramids';

/** Descends from the start of the descent until its budget is spent (or a little more). */
export type Solve = (descent: Descent) => Promise<void>;

type Make = (size: Size) => Preconditioner<Float32Array>;

const levels =
  (exponent: number): Make =>
  size =>
    new HostPreconditioner(size, gainsOf(size, exponent));

const plain =
  (options: PlainOptions): Solve =>
  descent =>
    plainLbfgs(descent.start.data, descent.evaluate, () => descent.spent >= descent.budget, options);

/** The product's L-BFGS. */
function lbfgs(
  options: Partial<LbfgsOptions> = {},
  make: Make = levels(STEEP),
  restartEvery = Infinity,
): Solve {
  return async descent => {
    const { start, size, evaluate } = descent;
    const optimizer = new Lbfgs(hostVectors, start.data, make(size), { ...LBFGS_DEFAULTS, ...options });
    await steps(descent, optimizer, evaluate, restartEvery);
  };
}

/** As the product does it: M as steep and as broad as the objective and the start want it. */
const product: Solve = descent => {
  const { objectiveShape, start, evaluate } = descent;
  const optimizer = createOptimizer(hostVectors, { kind: 'lbfgs' }, objectiveShape, start.data);
  return steps(descent, optimizer, evaluate, Infinity);
};

function adam(rate: number, make?: Make): Solve {
  return async descent => {
    const { start, size, evaluate } = descent;
    const optimizer = createOptimizer(
      hostVectors,
      { kind: 'adam', rate },
      { size, layers: [], init: 'image' },
      start.data,
    );
    const preconditioner = make?.(size);
    const seen: Evaluate<Float32Array> = async x => {
      const { value, gradient } = await evaluate(x);
      if (!preconditioner) return { value, gradient };
      const smooth = new Float32Array(gradient.length);
      preconditioner.apply(smooth, gradient);
      return { value, gradient: smooth };
    };
    await steps(descent, optimizer, seen, Infinity);
  };
}

async function steps(
  descent: Descent,
  optimizer: Optimizer<Float32Array>,
  evaluate: Evaluate<Float32Array>,
  restartEvery: number,
): Promise<void> {
  for (let step = 1; descent.spent < descent.budget; step++) {
    await optimizer.step(evaluate);
    if (step % restartEvery === 0) optimizer.restart();
  }
}

/** The best L-BFGS of the first table, which the other groups vary. */
const BOLD: LbfgsOptions = { history: 20, initialScale: 1.5 };

const scales =
  (coarse: readonly Coarse[], warm = false): Solve =>
  descent =>
    pyramid(descent, coarse, BOLD, warm);

const colours =
  (part: number): Make =>
  size =>
    new DecorrelatedColours(size, part);

export const CLASSIC = 'classic: history 100, no line search';
export const FORMER = 'M, history 10, H₀ × 1';
export const PRODUCT = 'the product';
export const OURS = 'M, history 10, H₀ × 2';
export const MILDER = 'M, history 10, H₀ × 1.5';

function histories(): Record<string, Solve> {
  const made: Record<string, Solve> = {};
  for (const history of [5, 10, 20, 40]) {
    for (const initialScale of [1, 1.5, 2, 3]) {
      made[`M, history ${history}, H₀ × ${initialScale}`] = lbfgs({ history, initialScale });
    }
  }
  return made;
}

/** Everyone, in the groups of the tables; where a group does not say otherwise it varies `BOLD`. */
export const GROUPS: Readonly<Record<string, Readonly<Record<string, Solve>>>> = {
  'History and first idea of the inverse Hessian': histories(),
  Preconditioner: {
    'no M, history 10, H₀ × 1': lbfgs({ history: 10, initialScale: 1 }, () => identity),
    'no M, history 20, H₀ × 1.5': lbfgs(BOLD, () => identity),
    'M with exponent 0.5': lbfgs(BOLD, levels(0.5)),
    'M with exponent 1': lbfgs(BOLD, levels(1)),
    'M, colours half decorrelated': lbfgs(BOLD, colours(0.5)),
    'M, colours decorrelated': lbfgs(BOLD, colours(0.9)),
  },
  'Line search': {
    'plain, history 20, no search': plain({ history: 20, search: 'none' }),
    'plain, history 20, Armijo': plain({ history: 20, search: 'armijo' }),
    'plain, history 20, strong Wolfe': plain({ history: 20, search: 'wolfe' }),
    'restart every 50 steps': lbfgs(BOLD, levels(0.8), 50),
  },
  Adam: {
    'Adam, rate 0.01': adam(0.01),
    'Adam, rate 0.02': adam(0.02),
    'Adam, rate 0.05': adam(0.05),
    'Adam on M·g, rate 0.005': adam(0.005, levels(0.8)),
    'Adam on M·g, rate 0.02': adam(0.02, levels(0.8)),
  },
  Pyramid: {
    '½: 60': scales([{ divisor: 2, steps: 60 }]),
    '½: 120': scales([{ divisor: 2, steps: 120 }]),
    '½: 60, curvature kept': scales([{ divisor: 2, steps: 60 }], true),
    '¼: 60, ½: 60': scales([
      { divisor: 4, steps: 60 },
      { divisor: 2, steps: 60 },
    ]),
    '0.5: 30, 0.71: 30': scales([
      { divisor: 2, steps: 30 },
      { divisor: Math.SQRT2, steps: 30 },
    ]),
  },
};

export const CONTESTANTS: Readonly<Record<string, Solve>> = {
  [CLASSIC]: plain({ history: 100, search: 'none' }),
  [PRODUCT]: product,
  ...Object.fromEntries(Object.values(GROUPS).flatMap(members => Object.entries(members))),
};
