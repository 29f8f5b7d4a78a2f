// L-BFGS against the optimizer of the classic programs, and against itself with other settings, on the embedded
// network. Needs ../shared/images.
// Command: npx tsx bench/optimizers/index.ts [SECONDS] [THREADS]
// Measures for at most SECONDS (default: to the end) and goes on where it stopped when called again; curves are kept
// in out/bench/optimizers. When none is missing, writes bench/optimizers.md and the charts beside it.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { chart, sheet } from './chart';
import { Measurements } from './measurements';
import { comparison, curvesOf, EVALUATIONS, MEASUREMENTS, PROBLEMS, stalls, variants } from './tables';

const root = path.resolve(__dirname, '../..');

function charts(measurements: Measurements, axis: 'evaluations' | 'seconds'): string {
  return sheet(
    PROBLEMS.map(problem => {
      const lines = curvesOf(measurements, problem).map(({ solver, curve }) => ({
        name: solver,
        x: axis === 'seconds' ? curve.seconds : curve.losses.map((_, i) => i + 1),
        y: curve.losses,
      }));
      const title = `${problem.content} × ${problem.style}, ${problem.start}`;
      return (at: [number, number]) => chart(title, axis, lines, at);
    }),
  );
}

async function main(): Promise<void> {
  const [seconds = Infinity, threads = 0] = process.argv.slice(2).map(Number);
  const folder = path.join(root, 'out', 'bench', 'optimizers');
  const measurements = new Measurements(folder, performance.now() + 1000 * seconds, threads);
  const left = await measurements.complete(MEASUREMENTS);
  if (left > 0) {
    console.log(`${left} of ${MEASUREMENTS.length} curves are still to be measured: run the command again`);
    return;
  }
  fs.writeFileSync(
    path.join(root, 'bench', 'optimizers-evaluations.svg'),
    charts(measurements, 'evaluations'),
  );
  fs.writeFileSync(path.join(root, 'bench', 'optimizers-seconds.svg'), charts(measurements, 'seconds'));
  const intro = fs.readFileSync(path.join(__dirname, 'intro.md'), 'utf8').trim();
  const text = [
    intro,
    `## Against the classic optimizer\n\n${comparison(measurements)}`,
    `## Other settings, against the classic optimizer\n\n${variants(measurements)}`,
    `## No stall\n\n${stalls(measurements)}`,
    `![Loss against evaluations](optimizers-evaluations.svg)\n\n![Loss against seconds](optimizers-seconds.svg)`,
  ];
  fs.writeFileSync(path.join(root, 'bench', 'optimizers.md'), `${text.join('\n\n')}\n`);
  console.log(`bench/optimizers.md is written, ${EVALUATIONS} evaluations a curve`);
}

void main();
