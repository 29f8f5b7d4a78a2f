// How broad and how steep the preconditioner should be in a descent from noise, with `lite`: what its levels cost and how
// the pictures look when their loss is what the classic optimizer ends at. Needs ../shared/images.
// Command: npx tsx bench/path/breadth.ts [SIDE] [EVALUATIONS] [PAIRS]
// (prints the Markdown table of bench/path.md, and writes the pictures as a sheet, a pair a row)
import * as fs from 'node:fs';
import * as path from 'node:path';
import { encodeImage } from '../../src/images/encode';
import { hostVectors } from '../../src/nst/optimizers/hostVectors';
import type { FloatImage } from '../../src/nst/image';
import { Lbfgs } from '../../src/nst/optimizers/lbfgs';
import { gainsOf, HostPreconditioner } from '../../src/nst/optimizers/preconditioner';
import { writeSheet, type Tile } from '../contactSheet';
import { plainLbfgs } from './plain';
import { PROBLEMS } from './plan';
import { STEEP } from './preconditioners';
import { Bench, type Problem } from './problem';

/** Levels and exponent of M. */
const SHAPES: Readonly<Record<string, readonly [levels: number, exponent: number]>> = {
  'no M': [0, STEEP],
  '2 levels': [2, STEEP],
  '**2 steeper**': [2, 1.5 * STEEP],
  '3 levels': [3, STEEP],
  '3 steeper': [3, 1.5 * STEEP],
  'all levels': [Infinity, STEEP],
};

/** Patches at least so wide count as broad, in pixels. */
const BROAD = 32;

/** A picture when it got to the loss, after so many evaluations; undefined when it did not. */
interface Arrival {
  readonly count: number;
  readonly picture: FloatImage;
}

/** The classic optimizer at its last evaluation, and the product's with each shape of M at the same loss. */
async function arrivals(problem: Problem, budget: number): Promise<(Arrival | undefined)[]> {
  const bench = await Bench.open(problem, 1);
  const { size } = problem;
  let bound = Infinity;
  const found: (Arrival | undefined)[] = [];
  await bench.curve(async descent => {
    let count = 0;
    let last = descent.start.data;
    await plainLbfgs(
      descent.start.data.slice(),
      async x => {
        const evaluated = await descent.evaluate(x);
        [count, bound, last] = [count + 1, evaluated.value, x.slice()];
        return evaluated;
      },
      () => count >= budget,
      { history: 100, search: 'none' },
    );
    found.push({ count, picture: { ...size, data: last } });
  }, budget);
  for (const [levels, exponent] of Object.values(SHAPES)) {
    await bench.curve(async descent => {
      const preconditioner = new HostPreconditioner(size, gainsOf(size, exponent, levels));
      const optimizer = new Lbfgs(hostVectors, descent.start.data.slice(), preconditioner);
      let value = Infinity;
      while (descent.spent < budget && value > bound)
        await optimizer.step(async x => {
          const evaluated = await descent.evaluate(x);
          value = evaluated.value;
          return evaluated;
        });
      const picture = { ...size, data: optimizer.position.slice() };
      found.push(value > bound ? undefined : { count: optimizer.evaluations, picture });
    }, budget);
  }
  await bench.dispose();
  return found;
}

/** Standard deviation of the means of blocks, of all channels: how strong the broad patches are. */
function broadContrast({ width, height, data }: FloatImage): number {
  const [across, down] = [Math.floor(width / BROAD), Math.floor(height / BROAD)];
  const area = width * height;
  let variance = 0;
  for (let channel = 0; channel < 3; channel++) {
    const means = new Float64Array(across * down);
    for (let y = 0; y < down * BROAD; y++)
      for (let x = 0; x < across * BROAD; x++) {
        const block = Math.floor(y / BROAD) * across + Math.floor(x / BROAD);
        means[block]! += data[channel * area + y * width + x]! / BROAD ** 2;
      }
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    variance += means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / means.length / 3;
  }
  return Math.sqrt(variance);
}

async function main(): Promise<void> {
  const [side = 256, budget = 400, pairs = 6] = process.argv.slice(2).map(Number);
  const problems = PROBLEMS.filter(({ network, start }) => network === 'lite' && start === 'noise');
  const names = ['classic', ...Object.keys(SHAPES)];
  console.log(`| evaluations (broad contrast) | ${names.join(' | ')} |`);
  console.log(`| - | ${names.map(() => '-').join(' | ')} |`);
  const rows: Tile[][] = [];
  for (const problem of problems.slice(0, pairs)) {
    const pair = `${problem.content} × ${problem.style}`;
    const found = await arrivals({ ...problem, size: { width: side, height: side } }, budget);
    const cells = found.map(one =>
      one === undefined ? '–' : `${one.count} (${broadContrast(one.picture).toFixed(3)})`,
    );
    console.log(`| ${[pair, ...cells].join(' | ')} |`);
    const tiles = found.map(async (one, i): Promise<Tile[]> => {
      const label = `${pair}: ${names[i]}`;
      return one === undefined ? [] : [{ label, image: await encodeImage(one.picture, { format: 'png' }) }];
    });
    rows.push((await Promise.all(tiles)).flat());
  }
  const folder = path.resolve(__dirname, '../../out/bench/path');
  fs.mkdirSync(folder, { recursive: true });
  const sheet = path.join(folder, 'breadth.jpg');
  await writeSheet(sheet, rows);
  console.error(`The pictures are in ${path.relative(process.cwd(), sheet)}.`);
}

void main();
