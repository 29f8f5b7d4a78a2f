import * as fs from 'node:fs';
import * as path from 'node:path';
import { createJob, jobsFolder } from '../../../src/jobs/folder';
import { pruneJobs } from '../../../src/jobs/prune';
import type { SmallWorkshop } from '../smallWorkshop';
import type { Chore, Scene } from './chore';
import { digest } from './digest';

/** A storage with two paintings that are finished and saved, and one that is still to be painted. */
class Jobs {
  private painted: Promise<string> | undefined;

  /** Identifiers, those of the finished ones first. */
  async layOut(folder: string, workshop: SmallWorkshop): Promise<{ storage: string; ids: string[] }> {
    const storage = path.join(folder, 'storage');
    const from = await (this.painted ??= this.paint(workshop));
    fs.cpSync(from, storage, { recursive: true });
    const ids = fs.readdirSync(jobsFolder(storage)).sort();
    ids.push(path.basename(createJob(storage, workshop.recipe())));
    return { storage, ids };
  }

  private async paint(workshop: SmallWorkshop): Promise<string> {
    for (const name of ['first', 'second']) {
      const task = ['stylize', 'content.png', 'style.png', '--size', '32', '--steps', '2', '--no-pyramid'];
      const { code, stderr } = await workshop.cli(...task, '--device', 'cpu', '-o', `${name}.png`);
      if (code !== 0) throw new Error(stderr);
    }
    return workshop.storage;
  }
}

/** Of one workshop. */
const all = new WeakMap<SmallWorkshop, Jobs>();

async function scene(
  folder: string,
  workshop: SmallWorkshop,
  task: (ids: readonly string[]) => readonly string[],
  goes: (index: number) => boolean,
): Promise<Scene> {
  const jobs = all.get(workshop) ?? new Jobs();
  all.set(workshop, jobs);
  const { storage, ids } = await jobs.layOut(folder, workshop);
  const store = jobsFolder(storage);
  const stay = ids.filter((_, index) => !goes(index));
  return {
    program: [workshop.cliEntry, 'jobs', ...task(ids)],
    storage,
    kept: stay.map(id => path.join(store, id)),
    outcome: () => {
      // What is left of a deletion goes when runs are tidied up.
      pruneJobs(storage, {}, new Date(Date.now() + 120_000));
      const left = fs.readdirSync(store).sort();
      return `${left.map(id => ids.indexOf(id)).join()}\n${digest(workshop.at('first.png'))}`;
    },
    wasDone: words => words.includes('there is no such job'),
  };
}

export const deleting: Chore = {
  name: 'deletion of a job',
  set: (folder, workshop) =>
    scene(
      folder,
      workshop,
      ids => ['delete', ids[0]!],
      index => index === 0,
    ),
};

export const pruning: Chore = {
  name: 'deletion of old jobs',
  set: (folder, workshop) =>
    scene(
      folder,
      workshop,
      () => ['prune', '--days', '0'],
      index => index < 2,
    ),
};
