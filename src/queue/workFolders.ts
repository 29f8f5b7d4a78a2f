import * as fs from 'node:fs';
import * as path from 'node:path';
import { lockHolder } from '../common/fileLockHolder';
import { jobFiles } from '../jobs/folder';

/** Paintings that nobody has gone on with for so long are not gone on with. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

/** Where paintings of queues are kept while they are made. */
export function workFolder(storage: string): string {
  return path.join(storage, 'queue');
}

/** Removes paintings that were left unfinished long ago, by the names that only queues give them. */
export function removeOldWork(folder: string, now = Date.now()): void {
  try {
    for (const name of fs.readdirSync(folder)) {
      const work = path.join(folder, name);
      if (!/^[\da-f]{64}$/.test(name) || now - fs.statSync(work).mtimeMs < KEPT_MS) continue;
      if (lockHolder(path.join(work, jobFiles.lock)) !== undefined) continue;
      fs.rmSync(work, { recursive: true, force: true });
    }
  } catch {
    // It costs nothing but its place.
  }
}
