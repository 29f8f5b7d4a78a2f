import type { Evaluate } from '../../../../src/nst/optimizers/optimizer';

/** An ill-conditioned quadratic ½Σ λᵢ(xᵢ−cᵢ)², λ from 1 to `condition`, whose minimum is 0 at c. */
export function quadratic(count: number, condition: number, units = 1): Evaluate<Float32Array> {
  return x => {
    const gradient = new Float32Array(count);
    let value = 0;
    for (let i = 0; i < count; i++) {
      const lambda = units * condition ** (i / (count - 1));
      const off = x[i]! - Math.sin(i);
      value += 0.5 * lambda * off * off;
      gradient[i] = lambda * off;
    }
    return Promise.resolve({ value, gradient });
  };
}

/** Rosenbrock's valley in many dimensions (the extended function of Moré, Garbow and Hillstrom 1981). */
export const rosenbrock: Evaluate<Float32Array> = x => {
  const gradient = new Float32Array(x.length);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i += 2) {
    const [a, b] = [x[i]!, x[i + 1]!];
    const bend = b - a * a;
    value += 100 * bend * bend + (1 - a) * (1 - a);
    gradient[i] = -400 * a * bend - 2 * (1 - a);
    gradient[i + 1] = 200 * bend;
  }
  return Promise.resolve({ value, gradient });
};

/** Counts evaluations and keeps their values. */
export function recorded(evaluate: Evaluate<Float32Array>): {
  readonly evaluate: Evaluate<Float32Array>;
  readonly values: number[];
} {
  const values: number[] = [];
  return {
    values,
    evaluate: async x => {
      const evaluated = await evaluate(x);
      values.push(evaluated.value);
      return evaluated;
    },
  };
}
