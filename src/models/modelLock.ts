import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { isLock, takeLock, type Lock } from '../common/fileLock';
import { phrase } from '../common/messages';
import { makeFolder } from '../common/makeFolder';

/**
 * Runs `work` while no other process that asks for the same lock file does.
 * @throws `write-failed` when another does, or when the lock cannot be written
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = take(file);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function take(file: string): Lock {
  makeFolder(path.dirname(file));
  const result = takeLock(file);
  if (isLock(result)) return result;
  throw new AtelierError('write-failed', phrase`Another Atelier is writing this model already (${file}).`, {
    next: phrase`Wait until it is done, or stop it.`,
  });
}
