import * as fs from 'node:fs';
import * as path from 'node:path';
import { CONTESTANTS } from './contestants';
import { Bench, type Curve, type Problem } from './problem';

/** A problem, to be solved by a contestant within a budget of evaluations. */
export interface Measurement {
  readonly problem: Problem;
  readonly solver: string;
  readonly budget: number;
}

/** Curves that were measured, one JSON file each, so that a long bench can be done in pieces, side by side. */
export class Measurements {
  constructor(
    private readonly folder: string,
    /** When to stop measuring, in the clock of `performance`. */
    private readonly deadline = Infinity,
  ) {
    fs.mkdirSync(folder, { recursive: true });
  }

  private fileOf({ problem, solver, budget }: Measurement): string {
    const { network, content, style, size, start, ratio, units = 'mean', tv = 0, seed = 1 } = problem;
    const extent = `${size.width}x${size.height}`;
    const name = [network, content, style, extent, start, ratio, units, tv, seed, solver, budget].join('_');
    return path.join(this.folder, `${name.replaceAll(/[^\w.×½¼-]+/g, '-')}.json`);
  }

  read(measurement: Measurement): Curve | undefined {
    const file = this.fileOf(measurement);
    if (!fs.existsSync(file)) return undefined;
    const text = fs.readFileSync(file, 'utf8');
    // A file that is empty is a claim: someone is at it.
    return text === '' ? undefined : (JSON.parse(text) as Curve);
  }

  /** Measures what nobody has begun to measure. Returns how many curves are missing when that or the time is over. */
  async complete(measurements: readonly Measurement[]): Promise<number> {
    let open: { readonly problem: Problem; readonly bench: Bench } | undefined;
    for (const measurement of measurements) {
      if (performance.now() > this.deadline) break;
      const file = this.fileOf(measurement);
      if (!claim(file)) continue;
      const { problem, solver, budget } = measurement;
      try {
        if (open?.problem !== problem) {
          await open?.bench.dispose();
          open = { problem, bench: await Bench.open(problem, 1) };
        }
        const { losses, spent } = await open.bench.curve(CONTESTANTS[solver]!, budget);
        const round = (values: readonly number[]) => values.map(value => Number(value.toPrecision(7)));
        fs.writeFileSync(file, JSON.stringify({ losses: round(losses), spent: round(spent) }));
        const ends = [losses[0]!, losses.at(-1)!].map(loss => loss.toPrecision(4));
        console.log(
          `${problem.network} ${problem.content} ${problem.style} ${problem.start}, ${solver}: ${ends.join(' to ')}`,
        );
      } catch (error) {
        fs.rmSync(file);
        throw error;
      }
    }
    await open?.bench.dispose();
    return measurements.filter(measurement => this.read(measurement) === undefined).length;
  }
}

/** Whether this process is the one to measure what belongs in the file. */
function claim(file: string): boolean {
  try {
    fs.closeSync(fs.openSync(file, 'wx'));
    return true;
  } catch {
    return false;
  }
}
