import { estimateBytes } from '../../src/backends/estimate';
import { OURS, type Contestants } from './contestants';
import { openModel, pairs, writeProblem } from './problem';
import { circumstances, Records } from './records';
import type { Selection } from './selection';
import { termsOf } from '../../src/nst/terms/term';

/** Largest resident set of a process that descends. */
export interface MemoryRecord {
  readonly model: string;
  readonly size: number;
  readonly threads: number;
  readonly pooling: string;
  readonly program: string;
  readonly evaluations: number;
  readonly peakMiB: number;
  /** What the product says beforehand, of its own program. */
  readonly estimateMiB?: number;
}

export const memories = () => new Records<MemoryRecord>('memory');

/** Enough to fill the history of the product's L-BFGS. */
const EVALUATIONS = 12;

/** Measures every model and size that is selected, each program in a fresh process. */
export async function measureMemory(contestants: Contestants, selection: Selection): Promise<void> {
  const { models, sizes, pooling, threads } = selection;
  const [pair] = pairs();
  for (const model of models) {
    for (const size of sizes) {
      for (const count of threads) {
        const folder = await writeProblem({ model, size, pair: pair!, init: 'content', pooling });
        for (const program of contestants.names) {
          const key = [model, size, count, pooling, program].join(' ');
          if (!selection.again && memories().has(key)) continue;
          if (selection.isOver()) return;
          const running = contestants.start(program, count);
          const { version } = await running.ask('hello', {});
          await running.ask('open', { folder, threads: count });
          await running.ask('descend', { way: 'single', evaluations: EVALUATIONS });
          await running.ask('advance', { evaluations: EVALUATIONS });
          const { peakMiB } = await running.ask('memory', {});
          await running.close();
          if (peakMiB === null) {
            console.log(`${key}: this system does not tell`);
            continue;
          }
          const estimate = program === OURS ? { estimateMiB: await estimated(model, size) } : {};
          const record = { model, size, threads: count, pooling, program, evaluations: EVALUATIONS, peakMiB };
          memories().write(
            key,
            { ...record, ...estimate },
            circumstances(program === OURS ? undefined : version),
          );
          const said =
            estimate.estimateMiB === undefined ? '' : `, estimated ${estimate.estimateMiB.toFixed(0)}`;
          console.log(`${key}: peak ${peakMiB.toFixed(0)} MiB${said}`);
        }
      }
    }
  }
}

async function estimated(model: string, size: number): Promise<number> {
  const bytes = estimateBytes({
    network: await openModel(model),
    terms: termsOf({ style: ['conv5_1'] }),
    mayBand: true,
    optimizer: 'lbfgs',
    scales: [{ size: { width: size, height: size }, steps: EVALUATIONS }],
  });
  return bytes / 2 ** 20;
}
