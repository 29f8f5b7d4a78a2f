import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../src/nst/random';
import { ended, isAlive } from '../../test/engine/stage/workshop';
import type { Yard } from './yard';

export interface KillOptions {
  /** Pictures of a round. */
  readonly count: number;
  /** Kills, after which no round begins. */
  readonly kills: number;
  readonly seed: number;
}

const WORKERS = ['a', 'b', 'c'];
const COMMON = ['--size', '40', '--steps', '80', '--no-pyramid'];
const BRIEF = ['--lock', '4', '--checkpoint', '0'];

/** What befalls them, and how often of 22. */
const FATES = [
  ['worker killed', 9],
  ['engine of a worker killed', 4],
  ['worker stopped for longer than its lock', 3],
  ['batch killed and begun again', 3],
  ['Redis killed, back after 3 s', 1],
  ['Redis killed, back after 20 s', 1],
  ['store full for 8 s', 1],
] as const;
type Fate = (typeof FATES)[number][0];

/** Rounds of pictures over Redis while something dies again and again; every picture has to be there once, with its bytes. */
export async function kills(yard: Yard, options: KillOptions): Promise<string> {
  const random = Random.seeded(options.seed);
  const happened = new Map<Fate, number>();
  const total = () => [...happened.values()].reduce((sum, each) => sum + each, 0);
  const faults: string[] = [];
  let pictures = 0;
  for (let round = 0; total() < options.kills; round++) {
    const folder = await yard.makePictures(`round-${round}`, options.count, 40 + round);
    await yard.batch(folder, `alone-${round}`, ...COMMON);
    await new Round(yard, folder, random, fate => happened.set(fate, (happened.get(fate) ?? 0) + 1)).run();
    faults.push(...differences(yard, `alone-${round}`, `${folder}-out`));
    pictures += options.count;
    console.error(`round ${round}: ${total()} kills, ${faults.length} faults`);
  }
  const rows = FATES.map(([fate]) => `| ${fate} | ${happened.get(fate) ?? 0} |`);
  return [
    `${pictures} pictures, ${WORKERS.length} workers, seed ${options.seed}`,
    '',
    '| | times |',
    '| --- | --- |',
    ...rows,
    `| **all** | ${total()} |`,
    '',
    faults.length === 0 ? 'Every picture is there once, with its bytes.' : faults.join('\n'),
  ].join('\n');
}

class Round {
  private readonly workers = new Map<string, ChildProcess>();
  private batch: ChildProcess | undefined;
  private over = false;

  constructor(
    private readonly yard: Yard,
    private readonly folder: string,
    private readonly random: Random,
    private readonly count: (fate: Fate) => void,
  ) {}

  async run(): Promise<void> {
    await Promise.all(WORKERS.map(name => this.hire(name)));
    this.begin();
    while (!this.over) {
      await sleep(1000 + 3000 * this.random.uniform());
      if (!this.over) await this.befall();
    }
    for (const worker of this.workers.values()) {
      worker.kill('SIGTERM');
      if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
    }
  }

  private begin(): void {
    const batch = this.yard.startBatch(this.folder, `${this.folder}-out`, ...COMMON, '--queue');
    this.batch = batch;
    void ended(batch, 3_600_000).then(({ code, stderr }) => {
      if (batch !== this.batch) return;
      this.over = code === 0;
      // The queue was not to be reached as it began: a person would begin it again.
      if (code !== 0) console.error(`batch ended with ${code}: ${stderr}`);
      if (code !== 0) this.begin();
    });
  }

  private async hire(name: string): Promise<void> {
    this.workers.set(name, await this.yard.worker(name, ...BRIEF));
  }

  private async befall(): Promise<void> {
    const fate = this.fate();
    this.count(fate);
    console.error(fate);
    const name = WORKERS[Math.floor(this.random.uniform() * WORKERS.length)] ?? 'a';
    const worker = this.workers.get(name);
    switch (fate) {
      case 'worker killed':
        worker?.kill('SIGKILL');
        return this.hire(name);
      case 'engine of a worker killed':
        for (const pid of childrenOf(worker?.pid ?? 0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
        return;
      case 'worker stopped for longer than its lock':
        worker?.kill('SIGSTOP');
        await sleep(8000);
        worker?.kill('SIGCONT');
        return;
      case 'batch killed and begun again': {
        const old = this.batch;
        this.batch = undefined;
        old?.kill('SIGKILL');
        return this.begin();
      }
      case 'Redis killed, back after 3 s':
        return this.withoutRedis(3000);
      case 'Redis killed, back after 20 s':
        return this.withoutRedis(20_000);
      case 'store full for 8 s':
        // Less than Redis needs for itself: it takes nothing more.
        await this.yard.redis.limitMemory('1mb');
        await sleep(8000);
        return this.yard.redis.limitMemory('0');
    }
  }

  private async withoutRedis(milliseconds: number): Promise<void> {
    await this.yard.redis.stop();
    await sleep(milliseconds);
    await this.yard.redis.start();
  }

  private fate(): Fate {
    let left = this.random.uniform() * FATES.reduce((sum, [, share]) => sum + share, 0);
    for (const [fate, share] of FATES) if ((left -= share) < 0) return fate;
    return 'worker killed';
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.trim() === '' ? [] : text.trim().split(' ').map(Number);
  } catch {
    return [];
  }
}

/** What is missing, more than once, left over, or has other bytes. */
function differences(yard: Yard, right: string, other: string): string[] {
  const pictures = (folder: string) =>
    fs.readdirSync(yard.at(folder)).filter(name => !/^(index\.html|batch\.csv)$/.test(name));
  const [wanted, found] = [pictures(right), pictures(other)];
  const same = (name: string) =>
    fs.readFileSync(yard.at(`${right}/${name}`)).equals(fs.readFileSync(yard.at(`${other}/${name}`)));
  return [
    ...wanted.filter(name => !found.includes(name)).map(name => `${other}/${name} is missing`),
    ...found.filter(name => !wanted.includes(name)).map(name => `${other}/${name} is too many`),
    ...wanted
      .filter(name => found.includes(name) && !same(name))
      .map(name => `${other}/${name} has other bytes`),
  ];
}
