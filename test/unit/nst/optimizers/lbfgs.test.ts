import { describe, expect, it } from 'vitest';
import { Curvature } from '../../../../src/nst/optimizers/curvature';
import { DivergedError } from '../../../../src/nst/diverged';
import { hostVectors } from '../../../../src/nst/optimizers/hostVectors';
import { Lbfgs } from '../../../../src/nst/optimizers/lbfgs';
import type { Evaluate } from '../../../../src/nst/optimizers/optimizer';
import { Random } from '../../../../src/nst/random';
import type { Preconditioner } from '../../../../src/nst/optimizers/vectorSpace';
import { quadratic, recorded, rosenbrock } from './problems';

const random = Random.seeded(2);
const vector = (count: number) => Float32Array.from({ length: count }, () => random.normals()[0]);

/** A preconditioner of plain vectors: grows from 1 to 3 along them. */
const growing: Preconditioner<Float32Array> = {
  apply: (target, x) => x.forEach((value, i) => (target[i] = value * (1 + (2 * i) / x.length))),
};

const identity: Preconditioner<Float32Array> = { apply: (target, x) => target.set(x) };

describe.each([
  ['no preconditioner', identity, 1],
  ['no preconditioner and H₀ enlarged', identity, 1.5],
  ['a preconditioner', growing, 1],
  ['a preconditioner and H₀ enlarged', growing, 1.5],
])('the direction with %s', (_, preconditioner, initialScale) => {
  const preconditioned = (x: Float32Array) => {
    const target = new Float32Array(x.length);
    preconditioner.apply(target, x);
    return target;
  };

  /**
   * −H·g by the recursion over vectors (Nocedal and Wright, algorithm 7.4) from H₀ = initialScale·(s·y / y·M·y)·M, in
   * double precision.
   */
  function twoLoop(pairs: readonly (readonly [Float32Array, Float32Array])[], g: Float32Array): Float64Array {
    const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
    const q = Float64Array.from(g);
    const alphas: number[] = [];
    for (let i = pairs.length - 1; i >= 0; i--) {
      const [s, y] = pairs[i]!;
      alphas[i] = dot(s, q) / dot(s, y);
      for (let k = 0; k < q.length; k++) q[k]! -= alphas[i]! * y[k]!;
    }
    const [s, y] = pairs.at(-1)!;
    const scaling = (initialScale * dot(s, y)) / dot(y, preconditioned(y));
    const r = Float64Array.from(preconditioned(Float32Array.from(q)), value => value * scaling);
    pairs.forEach(([s, y], i) => {
      const beta = dot(y, r) / dot(s, y);
      for (let k = 0; k < r.length; k++) r[k]! += (alphas[i]! - beta) * s[k]!;
    });
    return r.map(value => -value);
  }

  it('is that of the two-loop recursion, before and after pairs are forgotten', () => {
    const count = 50;
    const curvature = new Curvature(hostVectors, 3, initialScale);
    const pairs: (readonly [Float32Array, Float32Array])[] = [];
    let gradient = vector(count);
    for (let step = 0; step < 7; step++) {
      const s = vector(count);
      const y = s.map((value, i) => value * (1 + i) + 0.1 * vector(1)[0]!);
      const next = gradient.map((value, i) => value + y[i]!);
      const z = preconditioned(y);
      const [sy, zy] = hostVectors.dots(y, [s, z]) as [number, number];
      const [sg, zg] = hostVectors.dots(next, [s, z]) as [number, number];
      const products = hostVectors.dots(next, curvature.vectors);
      const forgotten = curvature.learn({ s, z, sy, zy, sg, zg }, products);
      expect(forgotten?.s).toBe(pairs[step - 3]?.[0]);
      gradient = next;
      pairs.push([s, y]);
      const direction = hostVectors.zeros(gradient);
      const smooth = preconditioned(gradient);
      const product = hostVectors.dots(gradient, [smooth])[0]!;
      const slope = curvature.direction(direction, { smooth, product });
      const expected = twoLoop(pairs.slice(-3), gradient);
      const size = Math.sqrt(expected.reduce((sum, value) => sum + value * value, 0));
      direction.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5 * size));
      expect(slope / hostVectors.dots(direction, [gradient])[0]!).toBeCloseTo(1, 6);
      expect(curvature.count).toBe(Math.min(3, step + 1));
    }
  });

  it('is where L-BFGS goes, all the way', async () => {
    const smooth = quadratic(30, 20);
    const seen: { readonly x: Float32Array; readonly gradient: Float32Array }[] = [];
    const watched: Evaluate<Float32Array> = async x => {
      const evaluated = await smooth(x);
      seen.push({ x: x.slice(), gradient: evaluated.gradient.slice() });
      return evaluated;
    };
    const options = { history: 1, initialScale };
    const optimizer = new Lbfgs(hostVectors, new Float32Array(30), preconditioner, options);
    for (let i = 0; i < 2; i++) await optimizer.step(watched);
    const [start, first, second] = seen;
    const difference = (a: Float32Array, b: Float32Array) => a.map((value, i) => value - b[i]!);
    const pair = [difference(first!.x, start!.x), difference(first!.gradient, start!.gradient)] as const;
    const expected = twoLoop([pair], first!.gradient);
    const size = Math.hypot(...expected);
    difference(second!.x, first!.x).forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5 * size);
    });
  });
});

describe.each([
  ['no preconditioner', identity],
  ['a preconditioner', growing],
])('L-BFGS with %s', (_, preconditioner) => {
  const create = (start: Float32Array) => new Lbfgs(hostVectors, start, preconditioner);

  const descend = async (
    optimizer: Lbfgs<Float32Array>,
    evaluate: Evaluate<Float32Array>,
    evaluations: number,
  ) => {
    while (optimizer.evaluations < evaluations) await optimizer.step(evaluate);
  };

  it('finds the minimum of an ill-conditioned quadratic', async () => {
    const optimizer = create(new Float32Array(100));
    const { evaluate, values } = recorded(quadratic(100, 1e3));
    await descend(optimizer, evaluate, 150);
    expect(values.at(-1)!).toBeLessThan(1e-6 * values[0]!);
    expect(optimizer.evaluations).toBe(values.length);
  });

  it('follows a curved valley', async () => {
    const start = Float32Array.from({ length: 40 }, (_, i) => (i % 2 ? 1 : -1.2));
    const optimizer = create(start);
    const { evaluate, values } = recorded(rosenbrock);
    await descend(optimizer, evaluate, 150);
    expect(values.at(-1)!).toBeLessThan(1e-5 * values[0]!);
  });

  it('takes the same steps whatever the units of the objective', async () => {
    const paths = await Promise.all(
      [1, 2 ** 40, 2 ** -40].map(async units => {
        const optimizer = create(new Float32Array(60));
        await descend(optimizer, quadratic(60, 1e4, units), 40);
        return optimizer.position;
      }),
    );
    expect(paths[1]).toEqual(paths[0]);
    expect(paths[2]).toEqual(paths[0]);
  });

  it('ends every step at the point it evaluated last', async () => {
    const { evaluate } = recorded(rosenbrock);
    let last = new Float32Array();
    const watched: Evaluate<Float32Array> = x => {
      last = x.slice();
      return evaluate(x);
    };
    const optimizer = create(new Float32Array(20).fill(-2));
    for (let i = 0; i < 60; i++) {
      await optimizer.step(watched);
      expect(optimizer.position).toEqual(last);
    }
  });

  it('stays at a minimum without failing', async () => {
    const optimizer = create(Float32Array.from({ length: 9 }, (_, i) => Math.sin(i)));
    const atRest: Evaluate<Float32Array> = x =>
      Promise.resolve({ value: 0, gradient: new Float32Array(x.length) });
    for (let i = 0; i < 5; i++) await optimizer.step(atRest);
    expect(optimizer.evaluations).toBe(6);
    expect([...optimizer.position].every(Number.isFinite)).toBe(true);
  });

  it('keeps falling where the objective is noise at the scale of its steps', async () => {
    const smooth = quadratic(200, 1e4);
    let call = 0;
    const noisy: Evaluate<Float32Array> = async x => {
      const { value, gradient } = await smooth(x);
      const noise = Random.seeded(call++);
      return {
        value: value * (1 + 1e-3 * noise.normals()[0]),
        gradient: gradient.map(g => g * (1 + 1e-2 * noise.normals()[0])),
      };
    };
    const optimizer = create(new Float32Array(200));
    const { evaluate, values } = recorded(noisy);
    await descend(optimizer, evaluate, 400);
    expect(Math.min(...values.slice(-20))).toBeLessThan(0.1 * values[100]!);
    expect(Math.min(...values.slice(-20))).toBeLessThan(1e-5 * values[0]!);
  });

  it('recovers from values that are not finite and falls on', async () => {
    const free = quadratic(30, 1e3);
    let calls = 0;
    const torn: Evaluate<Float32Array> = async x => {
      const { value, gradient } = await free(x);
      const broken = ++calls % 5 === 0;
      return { value: broken ? Infinity : value, gradient: broken ? gradient.fill(NaN) : gradient };
    };
    const optimizer = create(new Float32Array(30));
    const { evaluate, values } = recorded(torn);
    await descend(optimizer, evaluate, 150);
    expect(calls).toBe(optimizer.evaluations);
    expect(values.filter(value => value === Infinity)).toHaveLength(30);
    expect(Math.min(...values.slice(-5))).toBeLessThan(1e-4 * values[0]!);
  });

  it('notices a gradient that is not finite where the value is', async () => {
    const free = quadratic(10, 10);
    let calls = 0;
    const optimizer = create(new Float32Array(10));
    await descend(
      optimizer,
      async x => {
        const evaluated = await free(x);
        if (++calls === 3) evaluated.gradient[4] = NaN;
        return evaluated;
      },
      20,
    );
    expect([...optimizer.position].every(Number.isFinite)).toBe(true);
    expect((await free(optimizer.position)).value).toBeLessThan(1e-3);
  });

  it('says so when nothing is finite, and stays where it was', async () => {
    const free = quadratic(10, 10);
    let broken = false;
    const evaluate: Evaluate<Float32Array> = async x => {
      const { value, gradient } = await free(x);
      return { value: broken ? NaN : value, gradient };
    };
    const optimizer = create(new Float32Array(10));
    for (let i = 0; i < 4; i++) await optimizer.step(evaluate);
    const { evaluations } = optimizer;
    const position = optimizer.position.slice();
    broken = true;
    await expect(optimizer.step(evaluate)).rejects.toThrow(DivergedError);
    expect(optimizer.position).toEqual(position);
    expect(optimizer.evaluations).toBe(evaluations);
    broken = false;
    await optimizer.step(evaluate);
    expect(optimizer.evaluations).toBe(evaluations + 1);
    await expect(
      create(new Float32Array(3)).step(() => Promise.resolve({ value: NaN, gradient: new Float32Array(3) })),
    ).rejects.toThrow(DivergedError);
  });

  it('forgets what it knew of another objective, but not how far it was going', async () => {
    const optimizer = create(new Float32Array(20));
    await descend(optimizer, quadratic(20, 50), 12);
    const before = optimizer.position.slice();
    await optimizer.step(quadratic(20, 50));
    const position = optimizer.position.slice();
    const reach = Math.hypot(...position.map((value, i) => value - before[i]!));
    optimizer.restart();
    expect(optimizer.position).toEqual(position);
    // A floor under the loss: the length that would bring it to 0 is far too long.
    const floored: Evaluate<Float32Array> = async x => {
      const { value, gradient } = await quadratic(20, 60)(x);
      return { value: value + 1e3, gradient };
    };
    const moved: number[] = [];
    const { evaluate, values } = recorded(x => {
      moved.push(Math.hypot(...x.map((value, i) => value - position[i]!)));
      return floored(x);
    });
    await optimizer.step(evaluate);
    expect(moved[0]).toBe(0);
    expect(moved[1]).toBeCloseTo(reach, 5);
    expect(values.at(-1)!).toBeLessThan(values[0]!);
  });
});
