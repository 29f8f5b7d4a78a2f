import { DIRECT, OURS, PEER, type Contestants } from './contestants';
import { pairs, writeProblem } from './problem';
import type { Program } from './program';
import { circumstances, Records } from './records';
import type { Selection } from './selection';

/** Loss and gradient at the start image: what one takes, round by round. */
export interface EvaluationRecord {
  readonly model: string;
  readonly size: number;
  readonly threads: number;
  readonly pooling: string;
  /** Milliseconds of each round, by program. Round i of all programs was measured in turn. */
  readonly rounds: Readonly<Record<string, readonly number[]>>;
  /** Largest relative difference between the programs' losses, term by term. */
  readonly lossDifference: number;
  /** The same of the norms of their gradients. */
  readonly gradientDifference: number;
  /** Memory layout that PyTorch was fastest with. */
  readonly layout?: string;
}

export const evaluations = () => new Records<EvaluationRecord>('evaluation');

/** Programs that compute the same objective must find the same loss, as far as float32 goes. */
const AGREEMENT = 1e-4;

/** Measures every size, number of threads and model that is selected. */
export async function measureEvaluations(contestants: Contestants, selection: Selection): Promise<void> {
  const { models, sizes, threads, pooling, rounds } = selection;
  const [pair] = pairs();
  for (const model of models) {
    for (const size of sizes) {
      const folder = await writeProblem({ model, size, pair: pair!, init: 'content', pooling });
      for (const count of threads) {
        const key = [model, size, count, pooling].join(' ');
        if (!selection.again && evaluations().has(key)) continue;
        if (selection.isOver()) return;
        const record = await inTurn(contestants, folder, count, rounds);
        const under = circumstances(record.torch);
        evaluations().write(key, { model, size, threads: count, pooling, ...record.measured }, under);
        const { lossDifference, rounds: times } = record.measured;
        const best = Object.entries(times).map(([name, ms]) => `${name} ${Math.min(...ms).toFixed(0)}`);
        console.log(`${key}: best ms ${best.join(', ')}; losses agree to ${lossDifference.toExponential(1)}`);
      }
    }
  }
}

type Measured = Pick<EvaluationRecord, 'rounds' | 'lossDifference' | 'gradientDifference' | 'layout'>;

async function inTurn(
  contestants: Contestants,
  folder: string,
  threads: number,
  rounds: number,
): Promise<{ measured: Measured; torch: string | undefined }> {
  const programs = new Map<string, Program>();
  try {
    let layout: string | undefined;
    let torch: string | undefined;
    for (const name of [OURS, DIRECT, ...(contestants.names.includes(PEER) ? [PEER] : [])]) {
      const program = contestants.start(name, threads);
      programs.set(name, program);
      await program.ask('open', { folder, threads, ...(name === DIRECT ? { convolution: 'direct' } : {}) });
      if (name !== PEER) continue;
      torch = (await program.ask('hello', {})).version;
      layout = (await program.ask('tune', {})).layout;
    }
    const first = new Map<string, Awaited<ReturnType<typeof evaluate>>>();
    for (const [name, program] of programs) first.set(name, await evaluate(program, 2));
    const times = Object.fromEntries([...programs.keys()].map(name => [name, [] as number[]]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, program] of programs)
        times[name]!.push((await evaluate(program, 1)).milliseconds[0]!);
    }
    const [own, ...others] = [...first.values()];
    const lossDifference = Math.max(...others.map(other => difference(own!.terms, other.terms)));
    if (!(lossDifference < AGREEMENT)) {
      throw new Error(`the programs do not compute the same: their losses differ by ${lossDifference}`);
    }
    const gradientDifference = Math.max(...others.map(({ norm }) => Math.abs(norm / own!.norm - 1)));
    return {
      measured: {
        ...{ rounds: times, lossDifference, gradientDifference },
        ...(layout === undefined ? {} : { layout }),
      },
      torch,
    };
  } finally {
    for (const program of programs.values()) await program.close();
  }
}

async function evaluate(program: Program, count: number) {
  const { losses, gradientNorm, milliseconds } = await program.ask('evaluate', { count });
  const { content, style, tv, total } = losses;
  const byName = (terms: object) =>
    Object.entries(terms as Record<string, number>)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([, value]) => value);
  const terms = [...byName(content), ...byName(style), tv, total];
  return { terms, norm: gradientNorm, milliseconds };
}

/** Largest relative difference; a term that is 0 for both, as content is at its own image, has none. */
function difference(a: readonly number[], b: readonly number[]): number {
  const largest = Math.max(...a.map(Math.abs));
  return Math.max(
    ...a.map((value, i) => Math.abs(value - b[i]!) / Math.max(Math.abs(value), 1e-6 * largest)),
  );
}
