import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { RunControl } from '../../../src/engine/run/control';
import { runJob } from '../../../src/engine/run/runJob';
import type { Outcome } from '../../../src/engine/run/runOptions';
import { AtelierError } from '../../../src/common/errors';
import { createJob, jobFiles, jobsFolder, listJobs, readJob, readJobHistory } from '../../../src/jobs/folder';
import { lockJob } from '../../../src/jobs/jobLock';
import { presets } from '../../../src/recipe/presets';
import type { Recipe } from '../../../src/recipe/recipe';
import { JobRecorder } from '../../../src/jobs/recorder';
import type { Chance } from '../chance';
import { mutate } from './mutate';
import { mutateJson, strangeText } from '../mutateJson';
import { picturesOfEveryFormat } from './pictures';
import type { Input, Scratch, Subject } from './subject';

const STEPS = 6;
/** Larger ones are believed without being painted. */
const LARGEST = 64;

/** Folders of jobs that were stopped halfway, and their checkpoints. */
export class Jobs implements Subject {
  private readonly files = new Map<string, Buffer>();
  private content: Buffer = Buffer.alloc(0);

  async open(): Promise<void> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-campaign-'));
    this.content = (await picturesOfEveryFormat()).get('rgb.png')!;
    fs.writeFileSync(path.join(folder, 'content.png'), this.content);
    const job = createJob(folder, recipeIn(folder));
    await resume(job, folder, STEPS / 2);
    for (const name of fs.readdirSync(job, { recursive: true, encoding: 'utf8' }))
      if (fs.statSync(path.join(job, name)).isFile())
        this.files.set(name, fs.readFileSync(path.join(job, name)));
    this.files.set(jobFiles.lock, Buffer.from(JSON.stringify({ pid: 1, started: 'ticks 0', token: 'x' })));
    fs.rmSync(folder, { recursive: true });
  }

  damage(chance: Chance, { folder, storage }: Scratch): Input {
    fs.writeFileSync(path.join(folder, 'content.png'), this.content);
    const job = path.join(jobsFolder(storage), '20260101-120000-000-abcd');
    const hit = chance.pick([...this.files.keys(), jobFiles.checkpoint, jobFiles.checkpoint]);
    for (const [name, bytes] of this.files) {
      if (name === jobFiles.lock && hit !== jobFiles.lock) continue;
      const file = path.join(job, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      const own = name === jobFiles.recipe ? Buffer.from(JSON.stringify(recipeIn(folder))) : bytes;
      if (name !== hit) fs.writeFileSync(file, own);
      else place(file, own, [...this.files.values()], chance);
    }
    const kind = hit === jobFiles.checkpoint ? 'checkpoints' : 'jobs';
    const command = ['resume', path.basename(job), '--device', 'cpu'];
    return { kind, path: job, command, isQuick: false };
  }

  async feed({ path: job }: Input, { storage }: Scratch): Promise<void> {
    listJobs(storage);
    const { recipe, state } = readJob(job);
    readJobHistory(job);
    if (recipe.size > LARGEST || recipe.size === 0 || state.status === 'done') return;
    const outcome = await resume(job, storage, 1);
    if (outcome.event === 'failed') throw AtelierError.of(outcome.error);
  }
}

function recipeIn(folder: string): Recipe {
  const content = path.join(folder, 'content.png');
  const fields = { content, styles: [{ image: 'swatch:woodcut', weight: 1 }] };
  return { ...presets.studio, ...fields, size: 32, steps: STEPS, pyramid: false, seed: 3 };
}

/** Writes a damaged file: other bytes, other values, or no file at all. */
function place(file: string, bytes: Buffer, others: readonly Buffer[], chance: Chance): void {
  if (chance.happens(0.06)) return;
  if (chance.happens(0.06)) {
    fs.mkdirSync(file);
    return;
  }
  const isJson = file.endsWith('.json');
  const damaged =
    isJson && chance.happens(0.7)
      ? Buffer.from(strangeText(mutateJson(JSON.parse(bytes.toString()), chance), chance))
      : mutate(bytes, chance, others);
  fs.writeFileSync(file, damaged);
}

/** Goes on with a job for so many steps. */
async function resume(job: string, storage: string, steps: number): Promise<Outcome> {
  const lock = lockJob(job);
  const control = new RunControl();
  let left = steps;
  try {
    return await runJob(job, {
      settings: { device: 'cpu', threads: 1, storage },
      control,
      recorder: JobRecorder.open(job, () => undefined),
      emit: ({ event }) => {
        if (event === 'step' && --left === 0) control.stop(false);
      },
      log: () => undefined,
    });
  } finally {
    lock.release();
  }
}
