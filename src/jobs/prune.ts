import { deleteJob, removeLeftovers } from './deletion';
import { jobSize, listJobs, type StoredJob } from './folder';
import { isJobId } from './id';

export interface PruneLimits {
  /** Jobs older than this many days go. */
  readonly maxAgeDays?: number;
  /** The oldest jobs go until the rest fits into this many bytes. */
  readonly maxBytes?: number;
  /** Whether jobs go that somebody may still want to resume, or whose picture was saved nowhere else. */
  readonly unfinished?: boolean;
}

export interface Pruned {
  readonly deleted: readonly string[];
  /** Bytes that were freed, and that are left. */
  readonly freed: number;
  readonly left: number;
}

/** Jobs that limits tell to delete. */
export interface Prunable {
  readonly jobs: readonly StoredJob[];
  /** Bytes that they take, and that the others take. */
  readonly bytes: number;
  readonly left: number;
}

/** A job that was cut off, or whose finished picture could not be saved elsewhere. */
export function isUnfinished({ state }: Pick<StoredJob, 'state'>): boolean {
  const { status, kept, output } = state;
  return status === 'interrupted' || status === 'queued' || (kept !== undefined && output === undefined);
}

/** The jobs that `pruneJobs` would delete, newest first: never one that a process holds. */
export function prunableJobs(storage: string, limits: PruneLimits, now = new Date()): Prunable {
  const { maxAgeDays = Infinity, maxBytes = Infinity, unfinished = false } = limits;
  const oldest = now.getTime() - maxAgeDays * 86_400_000;
  const jobs: StoredJob[] = [];
  let bytes = 0;
  let left = 0;
  for (const job of listJobs(storage)) {
    // A folder that somebody has renamed is no longer ours to delete.
    if (!isJobId(job.id)) continue;
    const size = jobSize(job.folder);
    const tooMuch = left + size > maxBytes || Date.parse(job.createdAt) < oldest;
    if (tooMuch && job.owner === undefined && (unfinished || !isUnfinished(job))) {
      jobs.push(job);
      bytes += size;
    } else left += size;
  }
  return { jobs, bytes, left };
}

/** Deletes old jobs; saved results stay. Leftovers of deletes and creations that were cut short go as well. */
export function pruneJobs(storage: string, limits: PruneLimits, now = new Date()): Pruned {
  removeLeftovers(storage, now);
  const { jobs, bytes, left } = prunableJobs(storage, limits, now);
  const deleted = jobs.map(({ folder }) => folder);
  for (const folder of deleted) deleteJob(storage, folder);
  return { deleted, freed: bytes, left };
}
