import { describe, expect, it } from 'vitest';
import { Adam, ADAM_DEFAULTS } from '../../../../src/nst/optimizers/adam';
import { DivergedError } from '../../../../src/nst/diverged';
import { hostVectors } from '../../../../src/nst/optimizers/hostVectors';
import type { Evaluate } from '../../../../src/nst/optimizers/optimizer';
import { quadratic, recorded } from './problems';

describe('Adam', () => {
  it('takes the steps of the paper', async () => {
    const [count, rate, beta1, beta2] = [12, 0.03, 0.5, 0.999];
    const evaluate = quadratic(count, 100);
    const optimizer = new Adam(hostVectors, new Float32Array(count), { rate, beta1, beta2 });
    const x = new Float64Array(count);
    const [m, v] = [new Float64Array(count), new Float64Array(count)];
    for (let t = 1; t <= 25; t++) {
      const { gradient } = await evaluate(Float32Array.from(x));
      for (let i = 0; i < count; i++) {
        m[i] = beta1 * m[i]! + (1 - beta1) * gradient[i]!;
        v[i] = beta2 * v[i]! + (1 - beta2) * gradient[i]! ** 2;
        x[i]! -= (rate * m[i]!) / (1 - beta1 ** t) / Math.sqrt(v[i]! / (1 - beta2 ** t) + 1e-30);
      }
      await optimizer.step(evaluate);
    }
    const error = Math.max(...optimizer.position.map((value, i) => Math.abs(value - x[i]!)));
    expect(error).toBeLessThan(1e-5);
  });

  it('evaluates the new position of every step, and the start once', async () => {
    const { evaluate, values } = recorded(quadratic(20, 10));
    const optimizer = new Adam(hostVectors, new Float32Array(20));
    for (let i = 0; i < 60; i++) await optimizer.step(evaluate);
    expect(values).toHaveLength(61);
    expect(optimizer.evaluations).toBe(61);
    expect((await quadratic(20, 10)(optimizer.position)).value).toBe(values.at(-1));
    expect(values.at(-1)!).toBeLessThan(0.2 * values[0]!);
  });

  it('takes nearly the same steps whatever the units of the objective', async () => {
    const [small, large] = await Promise.all(
      [1e-12, 1e8].map(async units => {
        const optimizer = new Adam(hostVectors, new Float32Array(10));
        for (let i = 0; i < 20; i++) await optimizer.step(quadratic(10, 10, units));
        return optimizer.position;
      }),
    );
    small!.forEach((value, i) => expect(value).toBeCloseTo(large![i]!, 5));
  });

  it('leaves alone what has no gradient', async () => {
    const optimizer = new Adam(hostVectors, Float32Array.of(1, 2));
    for (let i = 0; i < 3; i++) {
      await optimizer.step(() => Promise.resolve({ value: 0, gradient: new Float32Array(2) }));
    }
    expect([...optimizer.position]).toEqual([1, 2]);
  });

  it('halves steps into the infinite, and says so when that does not help', async () => {
    const free = quadratic(10, 10);
    const wall = 0.9 * ADAM_DEFAULTS.rate;
    const walled: Evaluate<Float32Array> = async x => {
      const { value, gradient } = await free(x);
      return { value: Math.max(...x.map(Math.abs)) > wall ? NaN : value, gradient };
    };
    const optimizer = new Adam(hostVectors, new Float32Array(10));
    await optimizer.step(walled);
    expect(optimizer.evaluations).toBe(3);
    const moved = Math.max(...optimizer.position.map(Math.abs));
    expect(moved).toBeCloseTo(ADAM_DEFAULTS.rate / 2, 6);

    const position = optimizer.position.slice();
    const broken: Evaluate<Float32Array> = async x => ({ ...(await free(x)), value: Infinity });
    await expect(optimizer.step(broken)).rejects.toThrow(DivergedError);
    expect(optimizer.position).toEqual(position);
    await expect(new Adam(hostVectors, new Float32Array(10)).step(broken)).rejects.toThrow(DivergedError);
  });
});
