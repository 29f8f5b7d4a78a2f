import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { writeFailed } from '../common/fileError';
import { jobBusy, jobFiles, jobsFolder } from './folder';
import { isJobId } from './id';
import { lockHolder } from '../common/fileLockHolder';

/** What a job is called while it is being deleted. */
const deletedName = (id: string): string => `.deleted-${id}`;

/**
 * Refuses whatever is not a job of the storage: a real folder directly in its store, under a job's identifier. What is
 * in it does not count, so that a damaged job can be deleted.
 * @throws `file-missing`, `job-corrupt`, or `job-busy` while a living process holds it
 */
export function requireDeletable(storage: string, folder: string): void {
  // Nothing outside the store is looked at.
  const isJob = isJobId(path.basename(folder)) && isInStore(storage, folder);
  const stat = isJob ? fs.lstatSync(folder, { throwIfNoEntry: false }) : undefined;
  if (stat === undefined && (isJob || !fs.existsSync(folder))) {
    throw new AtelierError('file-missing', msg`${folder}: there is no such job.`, {
      next: msg`A job is a folder with a recipe.json and a job.json.`,
    });
  }
  if (stat?.isDirectory() !== true) {
    throw new AtelierError('job-corrupt', msg`${folder} is not one of Atelier's jobs and was not deleted.`, {
      next: msg`Give the job’s identifier, or its folder in ${jobsFolder(storage)}.`,
    });
  }
  const owner = lockHolder(path.join(folder, jobFiles.lock));
  if (owner !== undefined) throw jobBusy(folder, owner.pid);
}

function isInStore(storage: string, folder: string): boolean {
  try {
    return fs.realpathSync(path.dirname(folder)) === fs.realpathSync(jobsFolder(storage));
  } catch {
    return false;
  }
}

/**
 * Deletes a job of the storage with everything in its folder. What was saved elsewhere stays.
 * @param folder absolute path
 * @throws the errors of `requireDeletable`, and `write-failed`; then the job is there as it was
 */
export function deleteJob(storage: string, folder: string): void {
  requireDeletable(storage, folder);
  // Under another name first: a delete that is cut short leaves no job that looks whole.
  const deleting = path.join(path.dirname(folder), deletedName(path.basename(folder)));
  try {
    fs.rmSync(deleting, { recursive: true, force: true });
    fs.renameSync(folder, deleting);
  } catch (error) {
    throw writeFailed(folder, error);
  }
  fs.rmSync(deleting, { recursive: true, force: true });
}

/** What a job is called while it can still be taken back. */
const discardedName = (id: string): string => `.discarded-${id}`;

const discardedFolder = (folder: string): string =>
  path.join(path.dirname(folder), discardedName(path.basename(folder)));

/**
 * Takes a job out of the storage so that it can be taken back: by `restoreJob`, until `deleteDiscarded`, or until
 * leftovers are removed.
 * @param folder absolute path
 * @throws the errors of `requireDeletable`, and `write-failed`; then the job is there as it was
 */
export function discardJob(storage: string, folder: string): void {
  requireDeletable(storage, folder);
  const discarded = discardedFolder(folder);
  try {
    fs.rmSync(discarded, { recursive: true, force: true });
    // Its age as a leftover counts from now.
    const now = new Date();
    fs.utimesSync(folder, now, now);
    fs.renameSync(folder, discarded);
  } catch (error) {
    throw writeFailed(folder, error);
  }
}

/**
 * Puts back a job that was discarded.
 * @throws `file-missing` when it is gone
 */
export function restoreJob(folder: string): void {
  try {
    fs.renameSync(discardedFolder(folder), folder);
  } catch (cause) {
    throw new AtelierError('file-missing', msg`It is too late to restore this run.`, { cause });
  }
}

/** Deletes a job that was discarded, if it has not been put back. */
export function deleteDiscarded(folder: string): void {
  fs.rmSync(discardedFolder(folder), { recursive: true, force: true });
}

/** A minute's grace for a creation or a delete that is under way, and for a discarded job that may be taken back. */
const GRACE_MS = 60_000;

/** Removes what creations, deletes and discards that were cut short have left in the store, and nothing else. */
export function removeLeftovers(storage: string, now: Date): void {
  const folder = jobsFolder(storage);
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder)) {
    const [, id] = /^\.(?:deleted-|discarded-)?(.+)$/.exec(name) ?? [];
    if (id === undefined || !isJobId(id)) continue;
    const file = path.join(folder, name);
    const stat = fs.lstatSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true && now.getTime() - stat.mtimeMs > GRACE_MS)
      fs.rmSync(file, { recursive: true, force: true });
  }
}
