// Reads damaged inputs as the product does, one for each seed that its parent sends, in a process that may die of it.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { exitCode, reportError } from '../../../src/common/errors';
import { Chance } from '../chance';
import { Figures } from './figures';
import { Images } from './images';
import { Jobs } from './jobs';
import { Networks } from './networks';
import { Recipes } from './recipes';
import { faultOfError } from '../sentence';
import type { Input, Scratch, Subject } from './subject';

/** How a damaged input was read. */
export interface Reading {
  readonly seed: number;
  readonly input: Input;
  readonly scratch: Scratch;
  readonly fault?: string;
  /** Exit code that a command which reads it should have. */
  readonly exitCode: number;
}

/** Twice as much as reading a small file should ever take. */
const MOST_MEMORY = 1.5 * 1024 ** 3;

/** Images are most of what people have; each subject as often as it stands here. */
const subjects = (): Subject[] => {
  const [images, networks, jobs, recipes] = [new Images(), new Networks(), new Jobs(), new Recipes()];
  return [
    images,
    images,
    images,
    images,
    images,
    recipes,
    recipes,
    networks,
    networks,
    jobs,
    jobs,
    new Figures(),
  ];
};

/** Everything in a folder but what the reader may write. */
function snapshot({ folder, storage }: Scratch): string {
  const writable = [path.join(storage, 'jobs'), path.join(storage, 'models'), path.join(storage, 'turn')];
  const lines = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap(name => {
    const file = path.join(folder, name);
    if (writable.some(place => file.startsWith(place)) || !fs.lstatSync(file).isFile()) return [];
    return [`${name} ${createHash('sha1').update(fs.readFileSync(file)).digest('hex')}`];
  });
  return lines.sort().join('\n');
}

/** Names in the place of networks that a refused or finished import must not leave. */
function leftovers({ storage }: Scratch): string[] {
  const models = path.join(storage, 'models');
  return fs.existsSync(models) ? fs.readdirSync(models).filter(name => name !== 'mine.safetensors') : [];
}

async function read(all: readonly Subject[], seed: number, root: string): Promise<Reading> {
  const chance = new Chance(seed);
  const folder = path.join(root, String(seed));
  const scratch = { folder, storage: path.join(folder, 'storage') };
  fs.mkdirSync(scratch.storage, { recursive: true });
  const subject = chance.pick(all);
  const input = subject.damage(chance, scratch);
  const before = snapshot(scratch);
  const result = { seed, input, scratch, exitCode: 0 };
  try {
    await subject.feed(input, scratch);
  } catch (error) {
    const fault = faultOfError(error, [input.path, path.basename(input.path), folder]);
    if (fault !== undefined) return { ...result, fault };
    result.exitCode = exitCode(reportError(error).code);
  }
  if (snapshot(scratch) !== before) return { ...result, fault: 'files were changed' };
  const left = leftovers(scratch);
  if (left.length > 0) return { ...result, fault: `left behind: ${left.join(', ')}` };
  if (process.resourceUsage().maxRSS * 1024 > MOST_MEMORY) return { ...result, fault: 'took much memory' };
  return result;
}

async function main(root: string): Promise<void> {
  const all = subjects();
  // They share a stack of intact files; each is prepared once.
  for (const subject of new Set(all)) await subject.open();
  process.on('message', (seed: number) => {
    void read(all, seed, root).then(reading => process.send?.(reading));
  });
  process.send?.('ready');
}

void main(process.argv[2] ?? os.tmpdir());
