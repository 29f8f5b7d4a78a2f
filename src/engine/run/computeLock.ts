import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFileLock, acquireFileLock, type FileLock } from '../../common/fileLock';
import { makeFolder } from '../../common/makeFolder';

const POLL_MS = 300;

/**
 * The lock to compute, which the engines of several windows pass among them: the cores are worth most to one
 * picture at a time. One of those that wait is the next; an engine with more to paint has to become that first, so
 * that its queue does not keep the others out.
 */
export class ComputeLock {
  private lock: FileLock | undefined;

  constructor(private readonly storage: string) {}

  /**
   * Waits for the lock.
   * @param onWait called once, when another engine has it
   * @returns false when `signal` ended the wait
   * @throws `write-failed` when the storage cannot be written; then nobody else has to wait for this engine
   */
  async acquire(signal: AbortSignal, onWait: () => void = () => undefined): Promise<boolean> {
    makeFolder(this.storage);
    let waited = false;
    const wait = () => {
      if (!waited) onWait();
      waited = true;
    };
    const next = await this.acquireNamed('turn.next.lock', signal, wait);
    try {
      this.lock = next && (await this.acquireNamed('turn.lock', signal, wait));
    } finally {
      next?.release();
    }
    return this.lock !== undefined;
  }

  release(): void {
    this.lock?.release();
    this.lock = undefined;
  }

  private async acquireNamed(
    name: string,
    signal: AbortSignal,
    onWait: () => void,
  ): Promise<FileLock | undefined> {
    while (!signal.aborted) {
      const result = acquireFileLock(path.join(this.storage, name));
      if (isFileLock(result)) return result;
      onWait();
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
    return undefined;
  }
}
