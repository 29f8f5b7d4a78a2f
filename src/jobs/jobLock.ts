import * as fs from 'node:fs';
import * as path from 'node:path';
import { isTemporary } from '../common/atomicFile';
import { jobBusy, jobFiles, readJob } from './folder';
import { isFileLock, acquireFileLock, type FileLock } from '../common/fileLock';

/**
 * Takes the lock of a job: whoever has it may run it.
 * @throws `job-busy` when a living process has it; `file-missing` or `job-corrupt` when there is no such job
 */
export function lockJob(folder: string): FileLock {
  readJob(folder);
  const result = acquireFileLock(path.join(folder, jobFiles.lock));
  if (!isFileLock(result)) throw jobBusy(folder, result.pid);
  removeTemporaries(folder);
  return result;
}

/** What those have left that were killed while they wrote into the folder, which is nobody else's now. */
function removeTemporaries(folder: string): void {
  const left = (name: string) => isTemporary(name) || name === `${jobFiles.checkpoint}.part`;
  for (const place of [folder, path.join(folder, jobFiles.frames)]) {
    try {
      for (const name of fs.readdirSync(place).filter(left))
        fs.rmSync(path.join(place, name), { force: true });
    } catch {
      // They cost nothing but their place.
    }
  }
}
