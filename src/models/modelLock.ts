import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { isFileLock, acquireFileLock, type FileLock } from '../common/fileLock';
import { msg } from '../common/messages';
import { makeFolder } from '../common/makeFolder';

/**
 * Runs `work` while no other process that asks for the same lock file does.
 * @throws `write-failed` when another does, or when the lock cannot be written
 */
export async function withModelLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = take(file);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function take(file: string): FileLock {
  makeFolder(path.dirname(file));
  const result = acquireFileLock(file);
  if (isFileLock(result)) return result;
  throw new AtelierError('write-failed', msg`Another Atelier is already writing this model (${file}).`, {
    next: msg`Wait until it is done, or stop it.`,
  });
}
