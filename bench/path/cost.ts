// What a step of an optimizer costs beside its evaluation, with a full history.
// Command: npx tsx bench/path/cost.ts [SIZE …]   (prints the Markdown table of bench/path/intro.md)
import type { FloatImage } from '../../src/nst/image';
import { Random } from '../../src/nst/random';
import { median } from '../peers/statistics';
import { CLASSIC, CONTESTANTS } from './contestants';
import { Bench, type Course, type Problem } from './problem';

const MEASURED = [
  CLASSIC,
  'no M, history 10, H₀ × 1',
  'M, history 10, H₀ × 1',
  'M, history 10, H₀ × 1.5',
  'M, history 20, H₀ × 1.5',
  'M, history 40, H₀ × 1.5',
  'Adam, rate 0.02',
];

/** Steps until every history is full, and those that are timed then. */
const [FILLING, TIMED] = [105, 15];

/** Milliseconds between two evaluations of a descent on a quadratic, whose values cost next to nothing. */
async function stepOf(solver: string, side: number): Promise<number> {
  const random = Random.seeded(1);
  const data = new Float32Array(3 * side * side).map(() => random.normals()[0]);
  const start: FloatImage = { width: side, height: side, data };
  const between: number[] = [];
  let [spent, left] = [0, performance.now()];
  const course: Course = {
    ...{ size: start, start, budget: FILLING + TIMED },
    get spent() {
      return spent;
    },
    evaluate: x => {
      const arrived = performance.now();
      if (++spent > FILLING) between.push(arrived - left);
      const gradient = x.map((value, i) => value * (1 + ((7919 * i) % 9973)));
      let value = 0;
      for (let i = 0; i < x.length; i++) value += 0.5 * x[i]! * gradient[i]!;
      left = performance.now();
      return Promise.resolve({ value, gradient });
    },
    at: () => Promise.reject(new Error('there is one size alone')),
  };
  await CONTESTANTS[solver]!(course);
  return median(between);
}

async function evaluationOf(side: number): Promise<number> {
  const size = { width: side, height: side };
  const problem: Problem = {
    ...{ network: 'lite', content: 'tuebingen', style: 'starry-night', size, start: 'content', ratio: 0.005 },
  };
  const bench = await Bench.open(problem, 1);
  const times: number[] = [];
  await bench.curve(async ({ start, evaluate }) => {
    for (let i = 0; i < 12; i++) {
      const before = performance.now();
      await evaluate(start.data);
      if (i > 1) times.push(performance.now() - before);
    }
  }, 12);
  await bench.dispose();
  return median(times);
}

async function main(): Promise<void> {
  const sides = process.argv.slice(2).map(Number);
  const sizes = sides.length > 0 ? sides : [256, 512];
  const rows = [
    `| | ${sizes.map(side => `${side}², ms`).join(' | ')} |`,
    `| --- | ${sizes.map(() => '---').join(' | ')} |`,
  ];
  const told = (values: readonly number[]) => values.map(ms => ms.toFixed(1)).join(' | ');
  const evaluations: number[] = [];
  for (const side of sizes) evaluations.push(await evaluationOf(side));
  rows.push(`| an evaluation, lite, 1 thread | ${told(evaluations)} |`);
  for (const solver of MEASURED) {
    const steps: number[] = [];
    for (const side of sizes) steps.push(await stepOf(solver, side));
    rows.push(`| ${solver} | ${told(steps)} |`);
  }
  console.log(rows.join('\n'));
}

void main();
