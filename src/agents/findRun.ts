import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { jobsFolder, readJob, type StoredJob } from '../jobs/folder';
import { isActive } from '../jobs/state';
import type { Call } from './tool';

const LOOK_MS = 150;

/**
 * A run that the agent may see.
 * @param id checked to be an identifier
 * @throws `file-missing`, `job-corrupt`
 */
export function findRun(id: string, { access, painters }: Call): StoredJob {
  const missing = new AtelierError('file-missing', msg`There is no run ${id}.`, {
    next: msg`Call list_runs to see the available runs.`,
  });
  try {
    const job = readJob(path.join(jobsFolder(painters.storage), id));
    if (access.mayShow(job)) return job;
  } catch (error) {
    if (!(error instanceof AtelierError && error.code === 'file-missing')) throw error;
  }
  throw missing;
}

/** Waits until a run is over, for so many seconds at most, and no longer than somebody waits for the answer. */
export async function awaitEnd(id: string, seconds: number, call: Call): Promise<StoredJob> {
  const deadline = Date.now() + 1000 * seconds;
  for (;;) {
    const job = findRun(id, call);
    const left = deadline - Date.now();
    if (!isActive(job.state) || left <= 0 || call.signal.aborted) return job;
    await sleep(Math.min(LOOK_MS, left), undefined, { signal: call.signal }).catch(() => undefined);
  }
}
