import * as path from 'node:path';
import { jobBusy, jobFiles, readJob } from './folder';
import { isLock, takeLock, type Lock } from './lock';

/**
 * Takes the lock of a job: whoever has it may run it.
 * @throws `job-busy` when a living process has it; `file-missing` or `job-corrupt` when there is no such job
 */
export function holdJob(folder: string): Lock {
  readJob(folder);
  const result = takeLock(path.join(folder, jobFiles.lock));
  if (isLock(result)) return result;
  throw jobBusy(folder, result.pid);
}
