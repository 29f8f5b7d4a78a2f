import * as path from 'node:path';
import { Turn } from '../../engine/run/computeLock';
import { AtelierError } from '../../common/errors';
import { listJobs } from '../../jobs/folder';
import { lockHolder } from '../../common/fileLockHolder';
import { phrase } from '../../common/messages';
import { onInterrupt } from '../reporting/interrupt';
import { toJson } from '../reporting/json';
import { print, printError } from '../reporting/output';
import { shownPath } from '../reporting/shownPath';
import type { TurnOption } from '../waitOption';

export interface TurnOptions extends TurnOption {
  readonly storage: string;
  readonly json: boolean;
}

/**
 * Does the work in the turn that the windows and the terminals of a machine pass among them, and waits for it.
 * @throws `interrupted` after Ctrl-C during the wait; what `work` throws
 */
export async function inTurn<T>(options: TurnOptions, work: () => Promise<T>): Promise<T> {
  const turn = new Turn(options.storage);
  const leave = new AbortController();
  const stopListening = onInterrupt(() => leave.abort());
  try {
    const taken = await turn.take(leave.signal, () => {
      if (options.wait) tellWait(options);
      else leave.abort();
    });
    if (!taken && options.wait) throw stoppedWaiting();
  } finally {
    stopListening();
  }
  try {
    return await work();
  } finally {
    turn.pass();
  }
}

function stoppedWaiting(): AtelierError {
  return new AtelierError('interrupted', phrase`Stopped while it waited; nothing was begun.`);
}

function tellWait({ storage, json }: TurnOptions): void {
  const pid = lockHolder(path.join(storage, 'turn.lock'))?.pid;
  const job = listJobs(storage).find(({ owner, state }) => owner === pid && state.status === 'running');
  const content = job?.recipe.content;
  if (json) print(`${toJson({ event: 'waiting', process: pid, content })}\n`);
  const what = content === undefined ? 'another Atelier' : `the painting of ${shownPath(content)}`;
  const where = pid === undefined ? '' : ` (process ${pid})`;
  printError(`Waiting for ${what}${where}. Ctrl+C gives up; --no-wait begins at once.\n`);
}
