import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLock, takeLock, type Lock } from '../jobs/lock';

const POLL_MS = 300;

/**
 * The turn to compute, which the engines of several windows pass among them: the cores are worth most to one
 * picture at a time.
 */
export class Turn {
  private lock: Lock | undefined;

  constructor(private readonly storage: string) {}

  /**
   * Waits for the turn.
   * @param onWait called once, when another engine has it
   * @returns false when `signal` ended the wait
   */
  async take(signal: AbortSignal, onWait: () => void = () => undefined): Promise<boolean> {
    fs.mkdirSync(this.storage, { recursive: true });
    for (let waited = false; !signal.aborted; waited = true) {
      const result = takeLock(path.join(this.storage, 'turn.lock'));
      if (isLock(result)) {
        this.lock = result;
        return true;
      }
      if (!waited) onWait();
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
    return false;
  }

  pass(): void {
    this.lock?.release();
    this.lock = undefined;
  }
}
