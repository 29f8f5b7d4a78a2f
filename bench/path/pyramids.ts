import { STEEP } from './preconditioners';
import { hostVectors } from '../../src/nst/optimizers/hostVectors';
import type { FloatImage, Size } from '../../src/nst/image';
import { Lbfgs, type LbfgsOptions } from '../../src/nst/optimizers/lbfgs';
import type { OptimizerState } from '../../src/nst/optimizers/optimizer';
import { gainsOf, HostPreconditioner } from '../../src/nst/optimizers/preconditioner';
import { resample } from '../../src/nst/resample';
import type { Descent } from './problem';

/** One smaller scale. */
export interface Coarse {
  /** Full width over its width. */
  readonly divisor: number;
  readonly steps: number;
}

/** From coarse to fine: so many steps at each smaller scale, and what is left of the budget at full size. */
export async function pyramid(
  descent: Descent,
  coarse: readonly Coarse[],
  options: LbfgsOptions,
  warm: boolean,
): Promise<void> {
  let picture: FloatImage = descent.start;
  let learnt: Pairs = [];
  const scales = [...coarse, { divisor: 1, steps: Infinity }];
  for (const { divisor, steps } of scales) {
    const size = {
      width: Math.round(descent.size.width / divisor),
      height: Math.round(descent.size.height / divisor),
    };
    const evaluate = divisor === 1 ? descent.evaluate : await descent.at(size);
    const preconditioner = new HostPreconditioner(size, gainsOf(size, STEEP));
    const start = resample(picture, size).data;
    let optimizer = new Lbfgs(hostVectors, start, preconditioner, options);
    if (warm && learnt.length > 0) {
      const { value, gradient } = await evaluate(start);
      const state = seeded(learnt, size, preconditioner, { value, gradient, position: start });
      optimizer = Lbfgs.restore(hostVectors, state, preconditioner, options);
    }
    for (let step = 0; step < steps && descent.spent < descent.budget; step++) await optimizer.step(evaluate);
    picture = { ...size, data: optimizer.position };
    learnt = pairsOf(optimizer.save(), size, preconditioner);
  }
}

/** Steps and the changes of the gradient over them, from the oldest on, at one size. */
type Pairs = readonly { readonly s: FloatImage; readonly y: FloatImage }[];

/** The pairs of a saved state, which keeps M·y of y. */
function pairsOf({ vectors }: OptimizerState<Float32Array>, size: Size, m: HostPreconditioner): Pairs {
  const pairs: { s: FloatImage; y: FloatImage }[] = [];
  for (let i = 0; vectors[`s${i}`]; i++) {
    pairs.push({
      s: { ...size, data: vectors[`s${i}`]!.slice() },
      y: { ...size, data: solve(m, vectors[`z${i}`]!) },
    });
  }
  return pairs;
}

/** y from z = M·y, by conjugate gradients to single precision or 60 rounds. */
function solve(m: HostPreconditioner, z: Float32Array): Float32Array {
  const y = new Float32Array(z.length);
  const rest = z.slice();
  const p = z.slice();
  const mp = new Float32Array(z.length);
  let rr = hostVectors.dots(rest, [rest])[0]!;
  const enough = 1e-10 * rr;
  for (let round = 0; round < 60 && rr > enough; round++) {
    m.apply(mp, p);
    const length = rr / hostVectors.dots(p, [mp])[0]!;
    hostVectors.combine(y, [
      [1, y],
      [length, p],
    ]);
    hostVectors.combine(rest, [
      [1, rest],
      [-length, mp],
    ]);
    const next = hostVectors.dots(rest, [rest])[0]!;
    hostVectors.combine(p, [
      [1, rest],
      [next / rr, p],
    ]);
    rr = next;
  }
  return y;
}

/**
 * A state with the pairs of the scale before, enlarged: a change of the picture keeps its values, a gradient spreads over
 * more pixels. The products are those that `Curvature` saves.
 */
function seeded(
  pairs: Pairs,
  size: Size,
  m: HostPreconditioner,
  { value, gradient, position }: { value: number; gradient: Float32Array; position: Float32Array },
): OptimizerState<Float32Array> {
  const enlarged = pairs
    .map(pair => {
      const spread = (pair.y.width * pair.y.height) / (size.width * size.height);
      const y = resample(pair.y, size).data.map(part => part * spread);
      const z = new Float32Array(y.length);
      m.apply(z, y);
      return { s: resample(pair.s, size).data, y, z };
    })
    .filter(({ s, y }) => hostVectors.dots(s, [y])[0]! > 0);
  const younger = (x: Float32Array, i: number) =>
    hostVectors.dots(
      x,
      enlarged.slice(i).map(({ y }) => y),
    );
  return {
    kind: 'lbfgs',
    numbers: {
      sg: enlarged.map(({ s }) => hostVectors.dots(s, [gradient])[0]!),
      zg: enlarged.map(({ z }) => hostVectors.dots(z, [gradient])[0]!),
      sy: enlarged.flatMap(({ s }, i) => younger(s, i)),
      zy: enlarged.flatMap(({ z }, i) => younger(z, i)),
      ...{ value, recent: [value], evaluations: 0, reach: 0 },
    },
    vectors: {
      ...Object.fromEntries(
        enlarged.flatMap(({ s, z }, i) => [
          [`s${i}`, s],
          [`z${i}`, z],
        ]),
      ),
      ...{ gradient, position },
    },
  };
}
