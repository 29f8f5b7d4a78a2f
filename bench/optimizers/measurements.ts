import * as fs from 'node:fs';
import * as path from 'node:path';
import { Random } from '../../src/nst/random';
import type { Solve } from './contestants';
import { Bench, type Curve, type Problem } from './problem';

/** A problem, solved by someone from a start that is moved a little, a different way each repeat. */
export interface Measurement {
  readonly problem: Problem;
  readonly solver: string;
  readonly solve: Solve;
  readonly evaluations: number;
  readonly repeat: number;
}

/** Far below what an 8-bit image can show; enough to send two descents into different valleys. */
const NUDGE = 1e-5;

/** Curves that were measured, one JSON file each, so that a long bench can be done in pieces. */
export class Measurements {
  constructor(
    private readonly folder: string,
    /** When to stop measuring, in the clock of `performance`. */
    private readonly deadline: number,
    private readonly threads: number,
  ) {
    fs.mkdirSync(folder, { recursive: true });
  }

  private fileOf({ problem, solver, evaluations, repeat }: Measurement): string {
    const { content, style, size, start, ratio, units = 'mean' } = problem;
    const name = [content, style, size.width, size.height, start, ratio, units, solver, evaluations, repeat];
    return path.join(this.folder, `${name.join('_').replaceAll(/[^\w.-]+/g, '-')}.json`);
  }

  read(measurement: Measurement): Curve | undefined {
    const file = this.fileOf(measurement);
    return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Curve) : undefined;
  }

  /** Measures what has not been measured yet. Returns how much is left when the time is over. */
  async complete(measurements: readonly Measurement[]): Promise<number> {
    const missing = measurements.filter(measurement => this.read(measurement) === undefined);
    let left = missing.length;
    let open: { readonly problem: Problem; readonly bench: Bench } | undefined;
    for (const measurement of missing) {
      if (performance.now() > this.deadline) break;
      const { problem, solve, evaluations, repeat, solver } = measurement;
      if (open?.problem !== problem) {
        await open?.bench.dispose();
        open = { problem, bench: await Bench.open(problem, this.threads) };
      }
      const curve = await open.bench.curve((start, evaluate) =>
        solve(nudged(start, repeat), evaluate, evaluations, problem.size),
      );
      fs.writeFileSync(this.fileOf(measurement), JSON.stringify(curve));
      const [first, last] = [curve.losses[0]!.toPrecision(4), curve.losses.at(-1)!.toPrecision(4)];
      const { content, style, start } = problem;
      console.log(`${content} ${style} ${start}, ${solver}, ${repeat}: ${first} to ${last}`);
      left--;
    }
    await open?.bench.dispose();
    return left;
  }
}

function nudged(start: Float32Array, repeat: number): Float32Array {
  if (repeat === 0) return start;
  const random = Random.seeded(repeat);
  return start.map(value => value + NUDGE * random.normals()[0]);
}
