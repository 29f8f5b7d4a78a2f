// Ways to the minimum: loss against evaluations for optimizers, preconditioners, pyramids. Needs ../shared/images and,
// for VGG-19, ../shared/mirror.
// Command: npx tsx bench/path/index.ts [MINUTES]
// Begins no measurement after MINUTES (default: goes on to the end) and goes on where it stopped when called again, also
// side by side; curves are kept in out/bench/path. Writes bench/path.md and the chart beside it from what is measured.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as prettier from 'prettier';
import { chart, sheet } from './chart';
import { Measurements } from './measurements';
import { CONFIRMATION, SCREENING, STALLING } from './plan';
import { confirmation, curvesOf, nameOf, screening, solved, stalls } from './tables';

const root = path.resolve(__dirname, '../..');

function charts(measurements: Measurements): string {
  return sheet(
    solved(measurements).map(problem => {
      const lines = curvesOf(measurements, problem).map(({ solver, curve }) => ({
        name: solver,
        x: curve.spent,
        y: curve.losses,
      }));
      const title = `${problem.network}: ${nameOf(problem)}, ${problem.start}`;
      return (at: [number, number]) => chart(title, 'evaluations', lines, at);
    }),
  );
}

async function main(): Promise<void> {
  const [minutes = Infinity] = process.argv.slice(2).map(Number);
  const measurements = new Measurements(
    path.join(root, 'out', 'bench', 'path'),
    performance.now() + 60_000 * minutes,
  );
  const wanted = [...SCREENING, ...STALLING, ...CONFIRMATION];
  const missing = await measurements.complete(wanted);
  if (SCREENING.some(measurement => measurements.read(measurement) === undefined)) {
    console.log(`${missing} of ${wanted.length} curves are still to be measured: run the command again`);
    return;
  }
  fs.writeFileSync(path.join(root, 'bench', 'path.svg'), charts(measurements));
  const intro = fs.readFileSync(path.join(__dirname, 'intro.md'), 'utf8').trim();
  const text = intro
    .replace('<!-- screening -->', screening(measurements))
    .replace('<!-- confirmation -->', confirmation(measurements))
    .replace('<!-- stalls -->', stalls(measurements));
  const file = path.join(root, 'bench', 'path.md');
  const style = { ...(await prettier.resolveConfig(file)), filepath: file };
  fs.writeFileSync(file, await prettier.format(text, style));
  console.log(`bench/path.md is written; ${missing} of ${wanted.length} curves are still to be measured`);
}

void main();
