import { OURS, PEER, PRODUCT, type Contestants } from './contestants';
import { pairs, writeProblem } from './problem';
import type { Program } from './program';
import { circumstances, Records } from './records';
import type { Selection } from './selection';

/** The loss at full size against seconds and evaluations. */
export interface Curve {
  readonly losses: number[];
  readonly seconds: number[];
  readonly evaluations: number[];
}

/** One objective from one start, by every program. */
export interface ConvergenceRecord {
  readonly model: string;
  readonly size: number;
  readonly threads: number;
  readonly pooling: string;
  readonly pair: string;
  readonly init: 'content' | 'noise';
  /** Evaluations that every program was given. */
  readonly evaluations: number;
  readonly curves: Readonly<Record<string, Curve>>;
  /** Relative difference between the first losses of the programs that start at full size. */
  readonly startDifference: number;
  readonly layout?: string;
}

export const descents = () => new Records<ConvergenceRecord>('convergence');

/** Evaluations of one program before it is the next one's turn. */
const TURN = 10;

/** Lets the programs descend side by side, pair by pair and start by start. */
export async function measureConvergence(contestants: Contestants, selection: Selection): Promise<void> {
  const { models, sizes, threads, pooling, evaluations, inits } = selection;
  const chosen = pairs().filter((_, i) => selection.pairs.includes(i + 1));
  for (const model of models) {
    for (const size of sizes) {
      for (const count of threads) {
        for (const pair of chosen) {
          for (const init of inits) {
            const key = [model, size, count, pooling, evaluations, pair.name, init].join(' ');
            if (!selection.again && descents().has(key)) continue;
            if (selection.isOver()) return;
            const folder = await writeProblem({ model, size, pair, init, pooling });
            const { torch, ...found } = await race(contestants, folder, count, evaluations);
            const record = {
              model,
              size,
              threads: count,
              pooling,
              pair: pair.name,
              init,
              evaluations,
              ...found,
            };
            descents().write(key, record, circumstances(torch));
            const ends = Object.entries(found.curves).map(([name, { losses, seconds }]) => {
              return `${name} ${losses.at(-1)!.toPrecision(4)} after ${seconds.at(-1)!.toFixed(1)} s`;
            });
            console.log(
              `${key}: ${ends.join('; ')}; first losses agree to ${found.startDifference.toExponential(1)}`,
            );
          }
        }
      }
    }
  }
}

type Race = Pick<ConvergenceRecord, 'curves' | 'startDifference' | 'layout'> & { readonly torch?: string };

async function race(
  contestants: Contestants,
  folder: string,
  threads: number,
  evaluations: number,
): Promise<Race> {
  const runners: { name: string; program: Program; curve: Curve; done: boolean }[] = [];
  let peer: { torch?: string; layout?: string } = {};
  try {
    for (const name of [OURS, PRODUCT, ...(contestants.names.includes(PEER) ? [PEER] : [])]) {
      const program = contestants.start(name, threads);
      runners.push({ name, program, curve: { losses: [], seconds: [], evaluations: [] }, done: false });
      await program.ask('open', { folder, threads });
      if (name === PEER) {
        const { layout } = await program.ask('tune', {});
        peer = {
          torch: (await program.ask('hello', {})).version,
          ...(layout === undefined ? {} : { layout }),
        };
      }
      await program.ask('descend', { way: name === PRODUCT ? 'product' : 'single', evaluations });
    }
    while (runners.some(({ done }) => !done)) {
      for (const runner of runners) if (!runner.done) await turn(runner, evaluations);
    }
  } finally {
    for (const { program } of runners) await program.close();
  }
  const firsts = runners.filter(({ name }) => name !== PRODUCT).map(({ curve }) => curve.losses[0]!);
  return {
    curves: Object.fromEntries(runners.map(({ name, curve }) => [name, thinned(curve)])),
    startDifference: Math.abs(firsts.at(-1)! / firsts[0]! - 1),
    ...peer,
  };
}

async function turn(
  runner: { program: Program; curve: Curve; done: boolean },
  evaluations: number,
): Promise<void> {
  const { curve, program } = runner;
  const soFar = curve.losses.length;
  const answer = await program.ask('advance', { evaluations: Math.min(TURN, evaluations - soFar) });
  curve.losses.push(...answer.losses);
  curve.seconds.push(...answer.seconds);
  curve.evaluations.push(...(answer.evaluations ?? answer.losses.map((_, i) => soFar + i + 1)));
  runner.done = answer.done ?? curve.losses.length >= evaluations;
}

/** Digits enough for a plot and for finding where a bound is crossed. */
function thinned({ losses, seconds, evaluations }: Curve): Curve {
  return {
    losses: losses.map(loss => Number(loss.toPrecision(6))),
    seconds: seconds.map(second => Number(second.toFixed(3))),
    evaluations,
  };
}
