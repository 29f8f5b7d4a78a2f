// Figure 3 in time: the 5 × 4 grid of the command line, as a person would ask for it, beside one painting of its size.
// Command: npx tsx bench/figures/grid.ts [SIZE]   (once alone on the machine for the times)
// Makes the grid in out/figures/grid; a second call compares the bytes of all cells with the first.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as readline from 'node:readline';

const CLI = path.resolve(__dirname, '../../dist/cli.js');
const IMAGES = ['media/samples/still-life.jpg', 'media/swatches/wave.jpg'];
const FOLDER = 'out/figures/grid';

/** What a command said on its way, and the most memory it held. */
interface Watched {
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly seconds: number;
  readonly peakMiB: number;
}

/** Runs a command of atelier. Memory is VmHWM of its process (Linux), read while it runs. */
async function watch(args: readonly string[]): Promise<Watched> {
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, ...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const events: Record<string, unknown>[] = [];
  let peakMiB = 0;
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as Record<string, unknown>;
    events.push({ ...event, at: (performance.now() - began) / 1000 });
    peakMiB = Math.max(peakMiB, peakOf(child.pid));
  }
  return { events, seconds: (performance.now() - began) / 1000, peakMiB };
}

function peakOf(pid: number | undefined): number {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return 0;
  }
}

async function main(): Promise<void> {
  const size = process.argv[2] ?? '256';
  const before = hashes();
  fs.rmSync(FOLDER, { recursive: true, force: true });
  const grid = await watch(['tradeoff', ...IMAGES, '--size', size, '--device', 'cpu', '-o', FOLDER]);
  const cells = grid.events.filter(({ event }) => event === 'cell');
  const drafts = cells.filter(({ phase }) => phase === 'draft');
  const single = ['--size', size, '--steps', '80', '--tv', '20', '--no-pyramid', '--device', 'cpu'];
  const painting = await watch(['stylize', ...IMAGES, ...single, '-o', 'out/figures/painting.png']);
  console.log(`| what | measured |\n| - | - |`);
  console.log(`| drafts of all ${drafts.length} cells | ${Number(drafts.at(-1)?.at).toFixed(1)} s |`);
  console.log(`| the whole grid | ${grid.seconds.toFixed(1)} s |`);
  console.log(`| one painting of that size and length | ${painting.seconds.toFixed(1)} s |`);
  console.log(`| memory of the grid | ${grid.peakMiB.toFixed(0)} MiB |`);
  console.log(`| memory of the painting | ${painting.peakMiB.toFixed(0)} MiB |`);
  const after = hashes();
  const same = [...after].filter(([file, hash]) => before.get(file) === hash).length;
  if (before.size > 0) console.log(`| cells with the bytes of the grid before | ${same} of ${after.size} |`);
}

/** SHA-256 of the cells that lie there. */
function hashes(): Map<string, string> {
  const files = fs.existsSync(FOLDER) ? fs.readdirSync(FOLDER).filter(name => name.startsWith('cell-')) : [];
  return new Map(
    files.map(name => [
      name,
      createHash('sha256')
        .update(fs.readFileSync(path.join(FOLDER, name)))
        .digest('hex'),
    ]),
  );
}

void main();
