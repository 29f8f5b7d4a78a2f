import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Pooling } from '../../src/nst/ops';
import { OURS, PEER, type Contestants } from './contestants';
import { pairs, writeProblem } from './problem';
import type { Program } from './program';
import { circumstances, Records } from './records';
import type { Selection } from './selection';

/** One objective from one start, by every program. The losses do not depend on how busy the machine is. */
export interface ConvergenceRecord {
  readonly model: string;
  readonly size: number;
  readonly pooling: Pooling;
  readonly pair: string;
  readonly init: 'content' | 'noise';
  /** Evaluations that every program was given: the best loss is the best in these. */
  readonly evaluations: number;
  /** The loss at every evaluation, by program; of one that was then not near the best, also of those after them. */
  readonly losses: Readonly<Record<string, readonly number[]>>;
  /** Relative difference between the programs' first losses. */
  readonly startDifference: number;
}

export const descents = () => new Records<ConvergenceRecord>('convergence');

/** What a descent takes, evaluations and optimizer together; to be measured on a quiet machine. */
export interface ClockRecord {
  readonly model: string;
  readonly size: number;
  readonly threads: number;
  readonly pooling: string;
  /** Seconds since the start at which the loss of every evaluation was known, by program. */
  readonly seconds: Readonly<Record<string, readonly number[]>>;
  /** Memory layout that PyTorch was fastest with. */
  readonly layout?: string;
}

export const clocks = () => new Records<ClockRecord>('clock');

/** The programs' first losses must agree so far. */
const AGREEMENT = 1e-4;

/** Evaluations of one program before it is the next one's turn. */
const TURN = 10;

/** A program that is not within this part of the best by then goes on until it is, at most as long again. */
export const NEAR = 0.05;

/** After so many steps the classic history is full, and every further evaluation costs the same. */
const CLOCK_EVALUATIONS = 120;

/** Lets the programs descend side by side, pair by pair and start by start. */
export async function measureConvergence(contestants: Contestants, selection: Selection): Promise<void> {
  const { models, sizes, threads, pooling, evaluations, inits } = selection;
  const chosen = pairs().filter((_, i) => selection.pairs.includes(i + 1));
  for (const model of models) {
    for (const size of sizes) {
      for (const pair of chosen) {
        for (const init of inits) {
          const key = [model, size, pooling, evaluations, pair.name, init].join(' ');
          if (!selection.again && descents().has(key)) continue;
          if (selection.isOver()) return;
          const folder = await writeProblem({ model, size, pair, init, pooling });
          // Under its own name only when it is whole: another command may write its sheet meanwhile.
          const whole = path.join(folder, 'pictures');
          const album = `${whole}.part`;
          for (const old of [whole, album]) fs.rmSync(old, { recursive: true, force: true });
          fs.mkdirSync(album);
          const { curves, torch } = await race(contestants, folder, threads[0]!, evaluations, {
            album,
            tuned: true,
            near: NEAR,
          });
          keepEqual(album, curves, evaluations);
          fs.renameSync(album, whole);
          const losses = mapValues(curves, curve => curve.losses.map(loss => Number(loss.toPrecision(6))));
          const firsts = Object.values(curves).map(curve => curve.losses[0]!);
          const startDifference = Math.abs(firsts.at(-1)! / firsts[0]! - 1);
          if (!(startDifference < AGREEMENT)) {
            throw new Error(`the programs do not begin alike: their losses differ by ${startDifference}`);
          }
          const record = {
            model,
            size,
            pooling,
            pair: pair.name,
            init,
            evaluations,
            losses,
            startDifference,
          };
          descents().write(key, record, circumstances(torch));
          const ends = Object.entries(losses).map(
            ([name, all]) => `${name} ${all[evaluations - 1]!.toPrecision(4)} (${all.length} evaluations)`,
          );
          console.log(
            `${key}: ${ends.join('; ')}; first losses agree to ${startDifference.toExponential(1)}`,
          );
        }
      }
    }
  }
}

/** Times the first steps of a descent of each program, the programs in turn. */
export async function measureClocks(contestants: Contestants, selection: Selection): Promise<void> {
  const { models, sizes, threads, pooling } = selection;
  const [pair] = pairs();
  for (const model of models) {
    for (const size of sizes) {
      for (const count of threads) {
        const key = [model, size, count, pooling].join(' ');
        if (!selection.again && clocks().has(key)) continue;
        if (selection.isOver()) return;
        const folder = await writeProblem({ model, size, pair: pair!, init: 'content', pooling });
        const found = await race(contestants, folder, count, CLOCK_EVALUATIONS, { tuned: true });
        const seconds = mapValues(found.curves, curve => curve.seconds.map(at => Number(at.toFixed(3))));
        const layout = found.layout === undefined ? {} : { layout: found.layout };
        const record = { model, size, threads: count, pooling, seconds, ...layout };
        clocks().write(key, record, circumstances(found.torch));
        const ends = Object.entries(seconds).map(([name, all]) => `${name} ${all.at(-1)!.toFixed(1)} s`);
        console.log(`${key}, ${CLOCK_EVALUATIONS} evaluations: ${ends.join('; ')}`);
      }
    }
  }
}

interface Curve {
  readonly losses: number[];
  readonly seconds: number[];
}

interface Race {
  readonly curves: Readonly<Record<string, Curve>>;
  readonly torch?: string;
  readonly layout?: string;
}

interface RaceOptions {
  /** Whether PyTorch looks for its fastest memory layout first. */
  readonly tuned?: boolean;
  /** Where the pictures after every turn are to be put. */
  readonly album?: string;
  /** Those that are not within this part of the best at the end go on. */
  readonly near?: number;
}

async function race(
  contestants: Contestants,
  folder: string,
  threads: number,
  evaluations: number,
  { tuned = false, album, near }: RaceOptions,
): Promise<Race> {
  const runners: { readonly program: Program; readonly name: string; readonly curve: Curve }[] = [];
  let peer: { torch?: string; layout?: string } = {};
  try {
    for (const name of [OURS, ...(contestants.names.includes(PEER) ? [PEER] : [])]) {
      const program = contestants.start(name, threads);
      runners.push({ name, program, curve: { losses: [], seconds: [] } });
      await program.ask('open', { folder, threads });
      if (name === PEER) {
        const { layout } = tuned ? await program.ask('tune', {}) : {};
        const { version: torch } = await program.ask('hello', {});
        peer = { torch, ...(layout === undefined ? {} : { layout }) };
      }
      await program.ask('descend', { way: 'single', evaluations: 2 * evaluations });
    }
    const lengthOf = near === undefined ? evaluations : 2 * evaluations;
    let bound = 0;
    for (let done = 0; done < lengthOf; done += TURN) {
      const beyond = done >= evaluations;
      if (near !== undefined && done === evaluations)
        bound =
          (1 + near) *
          bestOf(
            runners.map(({ curve }) => curve.losses),
            evaluations,
          );
      for (const { curve, program, name } of runners) {
        if (beyond && Math.min(...curve.losses) <= bound) continue;
        // A step may take an evaluation more than was asked for.
        const more = Math.min(done + TURN, lengthOf) - curve.losses.length;
        if (more <= 0) continue;
        const answer = await program.ask('advance', { evaluations: more });
        curve.losses.push(...answer.losses);
        curve.seconds.push(...answer.seconds);
        if (album !== undefined && !beyond) {
          await program.ask('picture', { file: path.join(album, pictureName(name, curve.losses.length)) });
        }
      }
    }
  } finally {
    for (const { program } of runners) await program.close();
  }
  return { curves: Object.fromEntries(runners.map(({ name, curve }) => [name, curve])), ...peer };
}

/** The best loss of all descents in so many evaluations. */
export function bestOf(descents: readonly (readonly number[])[], evaluations: number): number {
  return Math.min(...descents.flatMap(losses => losses.slice(0, evaluations)));
}

const pictureName = (program: string, evaluations: number): string => `${program} ${evaluations}.ppm`;

/** Of the pictures after every turn, keeps each program's whose loss is nearest to the best that all of them reach. */
function keepEqual(album: string, curves: Race['curves'], evaluations: number): void {
  const bests = Object.values(curves).map(({ losses }) => bestOf([losses], evaluations));
  const reached = Math.max(...bests);
  const kept = Object.entries(curves).map(([name, { losses }]) => {
    const away = (count: number) => Math.abs(Math.log(losses[count - 1]! / reached));
    const counts = losses
      .map((_, i) => i + 1)
      .filter(count => fs.existsSync(path.join(album, pictureName(name, count))));
    return pictureName(
      name,
      counts.reduce((best, count) => (away(count) < away(best) ? count : best)),
    );
  });
  for (const file of fs.readdirSync(album)) if (!kept.includes(file)) fs.rmSync(path.join(album, file));
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
