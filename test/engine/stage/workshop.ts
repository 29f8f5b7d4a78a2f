import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { presets } from '../../../src/recipe/presets';
import type { Recipe } from '../../../src/recipe/recipe';
import { writePicture } from './pictures';

const root = path.resolve(__dirname, '../../..');

/** Builds the bundles when a source has changed. */
function build(): void {
  execFileSync(process.execPath, [path.join(root, 'scripts', 'atelier.mjs'), '--version'], { stdio: 'pipe' });
}

/** Copies the bundles, so that a build in the middle of a test changes nothing under it. */
function copyBundles(): string {
  const cache = path.join(root, 'node_modules', '.cache');
  fs.mkdirSync(cache, { recursive: true });
  const folder = fs.mkdtempSync(path.join(cache, 'atelier-test-'));
  fs.chmodSync(folder, 0o755);
  for (const name of ['cli.js', 'engine.js', 'agents.js', 'h5wasm.js', 'redis.js'])
    fs.copyFileSync(path.join(root, 'dist', name), path.join(folder, name));
  return folder;
}

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of a test's own, with pictures to work on and a storage; every program it starts ends with it. */
export class Workshop {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-engine-'));
  readonly storage = path.join(this.folder, 'storage');
  readonly pictures = path.join(this.folder, 'pictures');
  private readonly children: ChildProcess[] = [];
  private readonly closers: (() => Promise<unknown>)[] = [];
  private bundles = '';

  get cliEntry(): string {
    return path.join(this.bundles, 'cli.js');
  }

  get engineEntry(): string {
    return path.join(this.bundles, 'engine.js');
  }

  /** Paints content.png (96 × 72) and style.png (80 × 64). */
  async open(): Promise<this> {
    build();
    this.bundles = copyBundles();
    fs.mkdirSync(this.pictures);
    await writePicture(this.at('content.png'), { width: 96, height: 72, kind: 'hills' });
    await writePicture(this.at('style.png'), { width: 80, height: 64, kind: 'stripes' });
    return this;
  }

  async close(): Promise<void> {
    await Promise.all(this.closers.map(close => close()));
    for (const child of this.children) {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    }
    fs.rmSync(this.folder, { recursive: true, force: true });
    if (this.bundles !== '') fs.rmSync(this.bundles, { recursive: true, force: true });
  }

  /** What else ends with the workshop, also where a test failed before it ended that itself. */
  onClose(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  /** A file among the pictures. */
  at(name: string): string {
    return path.join(this.pictures, name);
  }

  /** A short recipe on the two pictures: one scale, and strengths that do not change with the taste of a preset. */
  recipe(fields: Partial<Recipe> = {}): Recipe {
    return {
      ...presets.studio,
      content: this.at('content.png'),
      styles: [{ image: this.at('style.png'), weight: 1 }],
      size: 96,
      steps: 24,
      pyramid: false,
      ratio: 1 / 300,
      tv: 60,
      ...fields,
    };
  }

  /** Starts a program in the folder of the pictures. */
  start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const child = spawn(command, args, {
      cwd: this.pictures,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
      env: { ...process.env, ATELIER_STORAGE: this.storage, npm_lifecycle_event: undefined, ...options.env },
    });
    this.children.push(child);
    return child;
  }

  /** Runs the command line to its end. */
  cli(...args: string[]): Promise<Ended> {
    return ended(this.start(process.execPath, [this.cliEntry, ...args]));
  }

  /** The folders of the jobs in the storage, oldest first, without those that are being made or deleted. */
  jobs(): string[] {
    const folder = path.join(this.storage, 'jobs');
    if (!fs.existsSync(folder)) return [];
    return fs
      .readdirSync(folder)
      .filter(name => !name.startsWith('.'))
      .sort()
      .map(name => path.join(folder, name));
  }
}

/**
 * Waits for a program and collects what it says.
 * @throws what it last said and what its threads wait for, when it does not end in time; it is killed then
 */
export async function ended(child: ChildProcess, timeoutMs = 100_000): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  let threads = '';
  const timer = setTimeout(() => {
    threads = threadsOf(child.pid ?? 0);
    child.kill('SIGKILL');
  }, timeoutMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  if (threads !== '') {
    const said = `${stdout.slice(-500)}\n${stderr.slice(-500)}`;
    throw new Error(`${child.spawnargs.join(' ')} did not end; it said\n${said}\nand waited in\n${threads}`);
  }
  return { code, stdout, stderr };
}

/** What the threads of a process wait for, as far as the system tells. */
function threadsOf(pid: number): string {
  try {
    const tasks = fs.readdirSync(`/proc/${pid}/task`);
    return tasks
      .map(task =>
        ['comm', 'wchan'].map(file => fs.readFileSync(`/proc/${pid}/task/${task}/${file}`, 'utf8')),
      )
      .map(([name = '', place = '']) => `${name.trim()}: ${place}`)
      .join('\n');
  } catch (error) {
    return String(error);
  }
}

/** Waits until something holds. */
export async function until(holds: () => boolean, what: string, timeoutMs = 60_000): Promise<void> {
  const start = Date.now();
  while (!holds()) {
    if (Date.now() - start > timeoutMs) throw new Error(`waited in vain until ${what}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** Whether a process with this number runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A dead child that nobody has waited for is no longer alive.
  const status = `/proc/${pid}/stat`;
  return !fs.existsSync(status) || !fs.readFileSync(status, 'utf8').includes(') Z ');
}
