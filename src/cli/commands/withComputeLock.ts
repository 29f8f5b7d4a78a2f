import * as path from 'node:path';
import { ComputeLock } from '../../engine/run/computeLock';
import { AtelierError } from '../../common/errors';
import { listJobs } from '../../jobs/folder';
import { lockHolder } from '../../common/fileLockHolder';
import { msg } from '../../common/messages';
import { onInterrupt } from '../reporting/interrupt';
import { toJson } from '../reporting/json';
import { print, printError } from '../reporting/output';
import { shownPath } from '../reporting/shownPath';
import type { WaitOption } from '../waitOption';

export interface ComputeLockOptions extends WaitOption {
  readonly storage: string;
  readonly json: boolean;
}

/**
 * Does the work under the lock that the windows and the terminals of a machine pass among them, and waits for it.
 * @throws `interrupted` after Ctrl-C during the wait; what `work` throws
 */
export async function withComputeLock<T>(options: ComputeLockOptions, work: () => Promise<T>): Promise<T> {
  const computeLock = new ComputeLock(options.storage);
  const cancellation = new AbortController();
  const stopListening = onInterrupt(() => cancellation.abort());
  try {
    const taken = await computeLock.acquire(cancellation.signal, () => {
      if (options.wait) reportWait(options);
      else cancellation.abort();
    });
    if (!taken && options.wait) throw stoppedWaiting();
  } finally {
    stopListening();
  }
  try {
    return await work();
  } finally {
    computeLock.release();
  }
}

function stoppedWaiting(): AtelierError {
  return new AtelierError('interrupted', msg`Stopped while it waited; nothing was begun.`);
}

function reportWait({ storage, json }: ComputeLockOptions): void {
  const pid = lockHolder(path.join(storage, 'turn.lock'))?.pid;
  const job = listJobs(storage).find(({ owner, state }) => owner === pid && state.status === 'running');
  const content = job?.recipe.content;
  if (json) print(`${toJson({ event: 'waiting', process: pid, content })}\n`);
  const what = content === undefined ? 'another Atelier' : `the painting of ${shownPath(content)}`;
  const where = pid === undefined ? '' : ` (process ${pid})`;
  printError(`Waiting for ${what}${where}. Ctrl+C gives up; --no-wait begins at once.\n`);
}
