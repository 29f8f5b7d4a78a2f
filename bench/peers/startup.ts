import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PEER, type Contestants } from './contestants';
import { pairs, writeProblem, type Pair } from './problem';
import type { Program } from './program';
import { circumstances, Records } from './records';
import type { Selection } from './selection';

/** Seconds from the start of a process, one value a round. */
export interface StartRecord {
  readonly model: string;
  readonly size: number;
  readonly threads: number;
  readonly program: string;
  /** Until the first loss and gradient are known; not told by the command line. */
  readonly evaluated?: readonly number[];
  /** Until the first picture is in a file. */
  readonly preview: readonly number[];
}

export const starts = () => new Records<StartRecord>('startup');

export const COMMAND_LINE = 'Atelier, command line';

const root = path.resolve(__dirname, '../..');

/** Starts every program again and again, in turn. */
export async function measureStarts(contestants: Contestants, selection: Selection): Promise<void> {
  const [pair] = pairs();
  for (const model of selection.models) {
    for (const size of selection.sizes) {
      for (const threads of selection.threads) {
        const key = (program: string) => [model, size, threads, program].join(' ');
        if (!selection.again && starts().has(key(contestants.names[0]!))) continue;
        if (selection.isOver()) return;
        const { pooling, rounds } = selection;
        const folder = await writeProblem({ model, size, pair: pair!, init: 'content', pooling });
        const found = new Map<string, { evaluated: number[]; preview: number[] }>();
        const note = (program: string, preview: number, evaluated?: number) => {
          const record = found.get(program) ?? { evaluated: [], preview: [] };
          record.preview.push(preview);
          if (evaluated !== undefined) record.evaluated.push(evaluated);
          found.set(program, record);
        };
        // The first round fills the system's file cache and does not count.
        for (let round = -1; round < rounds; round++) {
          for (const program of contestants.names) {
            const [evaluated, preview] = await start(contestants, program, folder, threads);
            if (round >= 0) note(program, preview, evaluated);
          }
          // A network without a file cannot be named on a command line.
          if (model === 'synthetic') continue;
          const preview = await commandLine(pair!, { model, size, threads });
          if (round >= 0) note(COMMAND_LINE, preview);
        }
        const version = contestants.names.includes(PEER) ? await versionOf(contestants) : undefined;
        for (const [program, { evaluated, preview }] of found) {
          const known = evaluated.length > 0 ? { evaluated } : {};
          const record: StartRecord = { model, size, threads, program, ...known, preview };
          starts().write(key(program), record, circumstances(version));
          console.log(`${key(program)}: first preview after ${Math.min(...preview).toFixed(2)} s at best`);
        }
      }
    }
  }
}

async function versionOf(contestants: Contestants): Promise<string> {
  const program = contestants.start(PEER, 1);
  const { version } = await program.ask('hello', {});
  await program.close();
  return version;
}

/** Two processes: one that evaluates once, and one that goes for the first picture at once. */
async function start(
  contestants: Contestants,
  name: string,
  folder: string,
  threads: number,
): Promise<[evaluated: number, preview: number]> {
  const once = async (work: (program: Program) => Promise<unknown>): Promise<number> => {
    const begin = performance.now();
    const program = contestants.start(name, threads);
    await program.ask('open', { folder, threads });
    await work(program);
    const seconds = (performance.now() - begin) / 1000;
    await program.close();
    return seconds;
  };
  const evaluated = await once(program => program.ask('evaluate', { count: 1 }));
  const preview = await once(async program => {
    await program.ask('descend', { way: 'product', evaluations: 200 });
    // Two evaluations: the one at the start, and the one after the first step.
    await program.ask('advance', { evaluations: 2 });
    await program.ask('picture', { file: path.join(folder, 'preview.ppm') });
  });
  return [evaluated, preview];
}

/** Seconds until `atelier stylize` has its first preview on disk. */
async function commandLine(
  { content, style }: Pair,
  { model, size, threads }: { model: string; size: number; threads: number },
): Promise<number> {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-bench-'));
  // Builds where sources have changed, so that building does not count.
  const built = spawnSync(process.execPath, [path.join(root, 'scripts', 'atelier.mjs'), '--version']);
  if (built.status !== 0) throw new Error('the command line does not build');
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...[path.join(root, 'dist', 'cli.js'), 'stylize', content, style, '-o', path.join(storage, 'out.png')],
      ...['--model', model, '--size', `${size}`, '--threads', `${threads}`, '--device', 'cpu', '--json'],
    ],
    { stdio: 'ignore', env: { ...process.env, ATELIER_STORAGE: storage } },
  );
  const exited = once(child, 'exit');
  try {
    while (!hasFrame(storage)) {
      if (child.exitCode !== null) throw new Error('the command line ended without a preview');
      await sleep(5);
    }
    return (performance.now() - begin) / 1000;
  } finally {
    child.kill('SIGKILL');
    await exited;
    fs.rmSync(storage, { recursive: true, force: true });
  }
}

function hasFrame(storage: string): boolean {
  const jobs = path.join(storage, 'jobs');
  if (!fs.existsSync(jobs)) return false;
  return fs.readdirSync(jobs).some(job => {
    const frames = path.join(jobs, job, 'frames');
    return fs.existsSync(frames) && fs.readdirSync(frames).some(name => name.endsWith('.jpg'));
  });
}
