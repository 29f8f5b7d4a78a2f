import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { AtelierError } from '../errors';
import { isLock, takeLock } from '../jobs/lock';
import { phrase } from '../phrase';
import { writeFailed } from './writeError';

/**
 * Runs `work` while no other process that asks for the same lock file does.
 * @throws `write-failed` when another does, or when the lock cannot be written
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = await take(file).catch((error: unknown) => {
    throw writeFailed(file, error);
  });
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function take(file: string) {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const result = takeLock(file);
  if (isLock(result)) return result;
  throw new AtelierError('write-failed', phrase`Another Atelier is writing this model already (${file}).`, {
    next: phrase`Wait until it is done, or stop it.`,
  });
}
