import * as fs from 'node:fs';
import * as path from 'node:path';
import { deleteJob, jobsFolder, jobSize, listJobs } from './folder';

export interface PruneLimits {
  /** Jobs older than this many days go. */
  readonly maxAgeDays?: number;
  /** The oldest jobs go until the rest fits into this many bytes. */
  readonly maxBytes?: number;
}

export interface Pruned {
  readonly deleted: readonly string[];
  /** Bytes that were freed, and that are left. */
  readonly freed: number;
  readonly left: number;
}

/**
 * Deletes old jobs. Never one that a process holds; saved results stay. Leftovers of deletes and creations that were
 * cut short go as well.
 */
export function pruneJobs(storage: string, limits: PruneLimits, now = new Date()): Pruned {
  removeLeftovers(storage, now);
  const oldest = now.getTime() - (limits.maxAgeDays ?? Infinity) * 86_400_000;
  const deleted: string[] = [];
  let freed = 0;
  let left = 0;
  for (const { folder, owner, createdAt } of listJobs(storage)) {
    const bytes = jobSize(folder);
    const tooMuch = left + bytes > (limits.maxBytes ?? Infinity);
    if (owner === undefined && (tooMuch || Date.parse(createdAt) < oldest)) {
      deleteJob(folder);
      deleted.push(folder);
      freed += bytes;
    } else left += bytes;
  }
  return { deleted, freed, left };
}

function removeLeftovers(storage: string, now: Date): void {
  const folder = jobsFolder(storage);
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    // A minute's grace for a creation or a delete that is under way.
    if (name.startsWith('.') && stat !== undefined && now.getTime() - stat.mtimeMs > 60_000)
      fs.rmSync(file, { recursive: true, force: true });
  }
}
