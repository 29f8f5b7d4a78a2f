import { Command } from 'commander';
import * as z from 'zod';
import { deleteJob, requireDeletable } from '../../jobs/deletion';
import { jobSize, listJobs, type StoredJob } from '../../jobs/folder';
import { pruneJobs } from '../../jobs/prune';
import { usableStorage } from '../../common/storage';
import { numberIn } from '../numbers';
import { locateJob } from './locateJob';
import { print, printResult } from '../reporting/output';
import { shownPath } from '../reporting/shownPath';
import { bytes } from '../reporting/wording';

export function jobsCommand(): Command {
  const command = new Command('jobs').description('list, delete or prune stored jobs');
  command.command('list', { isDefault: true }).description('all jobs, the latest first').action(list);
  command
    .command('delete')
    .description('delete jobs; saved results stay')
    .argument('<jobs...>', 'ids or folders')
    .action(deleteJobs);
  command
    .command('prune')
    .description('delete old jobs; saved results stay')
    .option('--days <n>', 'those older than this', numberIn(z.number().min(0)))
    .option('--megabytes <n>', 'the oldest, until the rest fits into this', numberIn(z.number().min(0)))
    .option('--unfinished', 'also those that were interrupted, or whose picture was saved nowhere else')
    .action(prune);
  return command;
}

/** Deletes all that are named, or none when one of them may not be deleted. */
function deleteJobs(jobs: readonly string[]): void {
  const storage = usableStorage();
  const folders = new Set(jobs.map(job => locateJob(job, storage)));
  for (const folder of folders) requireDeletable(storage, folder);
  for (const folder of folders) deleteJob(storage, folder);
}

function list(): void {
  for (const job of listJobs(usableStorage())) printResult(`${line(job)}\n`);
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
  const { deleted, freed, left } = pruneJobs(usableStorage(), {
    ...(days === undefined ? {} : { maxAgeDays: days }),
    ...(megabytes === undefined ? {} : { maxBytes: megabytes * 1e6 }),
    ...(unfinished === undefined ? {} : { unfinished }),
  });
  print(`Deleted ${deleted.length} jobs, ${bytes(freed)}; ${bytes(left)} are left.\n`);
}
