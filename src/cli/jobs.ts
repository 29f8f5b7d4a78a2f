import { Command } from 'commander';
import { deleteJob, jobSize, listJobs, type StoredJob } from '../jobs/folder';
import { pruneJobs } from '../jobs/prune';
import { storageFolder } from '../storage';
import { parseNumber } from './lists';
import { locateJob } from './locateJob';
import { shownPath } from './shownPath';
import { bytes } from './wording';

export function jobsCommand(): Command {
  const command = new Command('jobs').description('the jobs that are kept: list, delete, prune');
  command.command('list', { isDefault: true }).description('all jobs, the latest first').action(list);
  command
    .command('delete')
    .description('delete jobs; saved results stay')
    .argument('<jobs...>', 'ids or folders')
    .action((jobs: readonly string[]) => {
      for (const job of jobs) deleteJob(locateJob(job, storageFolder()));
    });
  command
    .command('prune')
    .description('delete old jobs; saved results stay')
    .option('--days <n>', 'those older than this', parseNumber)
    .option('--megabytes <n>', 'the oldest, until the rest fits into this', parseNumber)
    .option('--unfinished', 'also those that were interrupted, or whose picture was saved nowhere else')
    .action(prune);
  return command;
}

function list(): void {
  for (const job of listJobs(storageFolder())) process.stdout.write(`${line(job)}\n`);
}

function line({ id, folder, recipe, state, resumable }: StoredJob): string {
  const { status, step, totalSteps, output } = state;
  const where = totalSteps === 0 ? '' : ` ${step} of ${totalSteps}`;
  const result = output === undefined ? '' : `  → ${shownPath(output)}`;
  const offer = resumable && status !== 'running' ? '  (can be resumed)' : '';
  return `${id}  ${status}${where}  ${shownPath(recipe.content)}${result}${offer}  ${bytes(jobSize(folder))}`;
}

interface PruneOptions {
  readonly days?: number;
  readonly megabytes?: number;
  readonly unfinished?: boolean;
}

function prune({ days, megabytes, unfinished }: PruneOptions): void {
  const { deleted, freed, left } = pruneJobs(storageFolder(), {
    ...(days === undefined ? {} : { maxAgeDays: days }),
    ...(megabytes === undefined ? {} : { maxBytes: megabytes * 1e6 }),
    ...(unfinished === undefined ? {} : { unfinished }),
  });
  process.stdout.write(`Deleted ${deleted.length} jobs, ${bytes(freed)}; ${bytes(left)} are left.\n`);
}
