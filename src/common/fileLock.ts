import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeFailed } from './fileError';
import { findLock, newHolder, type FoundLock, type LockHolder } from './fileLockHolder';
import { systemCode } from './systemErrors';

/** A lock that this process holds. */
export interface FileLock {
  /** Gives the lock back, and nobody else's. Never throws: what cannot be removed is free when this process ends. */
  release(): void;
}

/**
 * The one lock of all uses: a file that names the process which holds it. A lock is broken only when that process is
 * dead, by one at a time, and never the lock of another.
 * @returns the living process that holds it, or is about to, when there is one
 * @throws `write-failed` when the lock cannot be written
 */
export function acquireFileLock(file: string): FileLock | LockHolder {
  try {
    return take(file);
  } catch (error) {
    throw writeFailed(file, error);
  }
}

export function isFileLock(result: FileLock | LockHolder): result is FileLock {
  return 'release' in result;
}

function take(file: string): FileLock | LockHolder {
  const own = newHolder();
  const mine = `${file}.${own.token}`;
  try {
    fs.writeFileSync(mine, JSON.stringify(own), { flag: 'wx' });
    for (;;) {
      if (claim(file, mine, own)) {
        sweep(file);
        return { release: () => release(file, own) };
      }
      const found = findLock(file);
      if (found === undefined) continue;
      if (found.living !== undefined) return found.living;
      if (mayBeUnfinished(found, mine)) pause();
      else {
        const other = breakLock(file, found.mark, mine, own);
        if (other !== undefined) return other;
      }
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

function release(file: string, own: LockHolder): void {
  try {
    if (findLock(file)?.mark === own.token) fs.rmSync(file, { force: true });
  } catch {
    // A folder that cannot be written any more.
  }
}

/** A complete file appears under the name, or none: nobody reads half a lock where the file system has links. */
function claim(file: string, mine: string, own: LockHolder): boolean {
  try {
    fs.linkSync(mine, file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
  }
  let handle: number;
  try {
    handle = fs.openSync(file, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    fs.writeFileSync(handle, JSON.stringify(own));
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  } finally {
    fs.closeSync(handle);
  }
  // Whoever was held up in the middle of that may have been taken for dead.
  return findLock(file)?.mark === own.token;
}

/** A process writes a lock within this time, or was killed over it. */
const WRITING_MS = 5000;

/** Whether somebody may be writing a lock at this moment, as happens where a file system has no links. */
function mayBeUnfinished({ isWhole, writtenAt }: FoundLock, mine: string): boolean {
  if (isWhole || Date.now() - writtenAt > WRITING_MS) return false;
  const second = `${mine}.link`;
  try {
    fs.linkSync(mine, second);
    fs.rmSync(second, { force: true });
    return false;
  } catch {
    return true;
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}

/**
 * Removes a dead lock. Several may have found it: only the one that has the file named after that lock removes it, and
 * only if it still is that lock. Should it die over this, the next needs the file named after its file, and so on: in
 * the chain no more than one is alive, however long it is held up, and what follows the lock is none of theirs.
 * @returns another process that is at it
 */
function breakLock(file: string, dead: string, mine: string, own: LockHolder): LockHolder | undefined {
  const chain: string[] = [];
  for (let mark = dead; ;) {
    const right = `${file}.${mark}.breaking`;
    if (claim(right, mine, own)) {
      chain.push(right);
      break;
    }
    const other = findLock(right);
    // It is done: whoever asks looks at the lock again.
    if (other === undefined) return undefined;
    if (other.living !== undefined) return other.living;
    // One without a name is an older version's, or is being written.
    if (!other.isWhole && Date.now() - other.writtenAt < WRITING_MS) {
      pause();
      return undefined;
    }
    chain.push(right);
    mark = other.mark;
  }
  try {
    if (findLock(file)?.mark === dead) fs.rmSync(file, { force: true });
  } finally {
    for (const right of chain) fs.rmSync(right, { force: true });
  }
  return undefined;
}

/** Removes what processes have left that died while they took or broke the lock which this one holds now. */
function sweep(file: string): void {
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}.`;
  try {
    for (const name of fs.readdirSync(folder)) {
      if (!name.startsWith(prefix) || !/^[\da-f-]{36}(\.breaking)?$/.test(name.slice(prefix.length)))
        continue;
      const left = path.join(folder, name);
      const found = findLock(left);
      if (found === undefined || found.living !== undefined) continue;
      if (found.isWhole || Date.now() - found.writtenAt > WRITING_MS) fs.rmSync(left, { force: true });
    }
  } catch {
    // They cost nothing but their names.
  }
}
