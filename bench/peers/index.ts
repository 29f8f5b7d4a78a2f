// Atelier beside a PyTorch program of the classic settings, in turn on the same machine: `npm run bench`, or parts of
// it: `npm run bench -- convergence --sizes 256 --pairs 1,2`. See `--help`.
// What was measured is kept in bench/results, so that a long benchmark can be done in pieces; every call writes
// bench/peers.md and the plots from all there is.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Argument, Command, Option } from 'commander';
import * as prettier from 'prettier';
import type { Pooling } from '../../src/nst/ops';
import { buildOurs, Contestants } from './contestants';
import { measureClocks, measureConvergence } from './convergence';
import { measureEvaluations } from './evaluation';
import { measureMemory } from './memory';
import { writePictures } from './pictures';
import { plots } from './plots';
import { pythonWithTorch } from './python';
import type { Selection } from './selection';
import { measureStarts } from './startup';
import { tables } from './table';

const PARTS = {
  evaluation: {
    measure: measureEvaluations,
    sizes: [128, 256, 512],
    models: ['lite', 'synthetic'],
    threads: [1, 2],
  },
  convergence: { measure: measureConvergence, sizes: [512], models: ['lite'], threads: [2] },
  clock: { measure: measureClocks, sizes: [512], models: ['lite'], threads: [1, 2] },
  memory: { measure: measureMemory, sizes: [512], models: ['lite', 'synthetic'], threads: [2] },
  startup: { measure: measureStarts, sizes: [512], models: ['lite'], threads: [2] },
} as const;

type Part = keyof typeof PARTS;

interface Options {
  readonly models?: string[];
  readonly sizes?: number[];
  readonly threads?: number[];
  readonly pooling: Pooling;
  readonly rounds: number;
  readonly evaluations: number;
  readonly pairs: number[];
  readonly inits: ('content' | 'noise')[];
  readonly minutes: number;
  readonly again: boolean;
  readonly peer: boolean;
  readonly python?: string;
}

const names = (text: string): string[] => text.split(',');

const numbers = (text: string): number[] =>
  text.split(',').map(part => {
    const value = Number(part);
    if (!Number.isInteger(value) || value < 1) throw new Error(`${part} is not a positive whole number`);
    return value;
  });

async function main(parts: readonly Part[], options: Options): Promise<void> {
  const found = options.peer
    ? pythonWithTorch(options.python)
    : { missing: 'PyTorch is left out, as asked.' };
  if ('missing' in found) console.log(found.missing);
  buildOurs();
  const contestants = new Contestants('python' in found ? found.python : undefined);
  const deadline = performance.now() + 60_000 * options.minutes;
  for (const part of parts.length > 0 ? parts : (Object.keys(PARTS) as Part[])) {
    const { measure, ...usual } = PARTS[part];
    const selection: Selection = {
      ...options,
      models: options.models ?? usual.models,
      sizes: options.sizes ?? usual.sizes,
      threads: options.threads ?? usual.threads,
      isOver: () => performance.now() > deadline,
    };
    await measure(contestants, selection);
  }
  const bench = path.resolve(__dirname, '..');
  const drawn = plots(path.join(bench, 'results'));
  const intro = fs.readFileSync(path.join(__dirname, 'intro.md'), 'utf8').trim();
  const text = [intro, tables(), ...drawn].filter(section => section !== '').join('\n\n');
  const file = path.join(bench, 'peers.md');
  const style = { ...(await prettier.resolveConfig(file)), filepath: file };
  fs.writeFileSync(file, await prettier.format(text, style));
  console.log(
    performance.now() > deadline ? 'The time is over: run it again to go on.' : 'All of it is measured.',
  );
  console.log('bench/peers.md is written.');
  const pictures = await writePictures();
  if (pictures !== undefined)
    console.log(`The pictures at equal loss are in ${path.relative(process.cwd(), pictures)}.`);
}

void new Command('npm run bench --')
  .description(
    'Measures Atelier beside a PyTorch program with the classic settings, in turn, and writes bench/peers.md.',
  )
  .addArgument(
    new Argument('[parts...]', 'what to measure; by default everything').choices(Object.keys(PARTS)),
  )
  .option(
    '--models <names>',
    'lite, synthetic (VGG-19 widths), an installed model or a weight file; by comma',
    names,
  )
  .option('--sizes <pixels>', 'sides of the square pictures, by comma', numbers)
  .option('--threads <counts>', 'threads of an evaluation, by comma', numbers)
  .addOption(new Option('--pooling <kind>', 'pooling in the network').choices(['max', 'avg']).default('max'))
  .option('--rounds <count>', 'turns of each program, where one evaluation or start is timed', Number, 7)
  .option('--evaluations <count>', 'length of a descent', Number, 500)
  .option('--pairs <places>', 'which of the six pairs of pictures, by comma', numbers, [1, 2, 3, 4, 5, 6])
  .addOption(
    new Option('--inits <kinds>', 'start images, by comma').argParser(names).default(['content', 'noise']),
  )
  .option(
    '--minutes <count>',
    'begin no measurement after so long; the same command goes on later',
    Number,
    Infinity,
  )
  .option('--again', 'measure again what was measured before', false)
  .option('--no-peer', 'leave PyTorch out')
  .option('--python <file>', 'a Python that has torch, instead of a private one in out/bench/torch')
  .action(main)
  .parseAsync();
