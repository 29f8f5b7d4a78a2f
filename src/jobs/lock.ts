import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** When that process started, so that a later process with the same number is not mistaken for it. */
  readonly started: string;
  readonly token: string;
}

/** A lock that this process holds. */
export interface Lock {
  /** Gives the lock back; without effect when somebody has broken it. */
  release(): void;
}

/**
 * Start of a process as text that is equal only for the same process: clock ticks since boot where the system tells
 * (Linux), else the time of boot, which at least tells processes before a restart from those after it.
 * `undefined` when no such process runs.
 */
function processStart(pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in parentheses, may hold spaces; the state follows it, and the start is the 20th field on.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : `ticks ${fields[18] ?? ''}`;
  } catch {
    if (process.platform === 'linux' && fs.existsSync('/proc/self/stat')) return undefined;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  // To the minute: the clock and the uptime drift against each other.
  return `boot ${Math.round((Date.now() / 1000 - os.uptime()) / 60)}`;
}

function isSameStart(a: string, b: string): boolean {
  if (!a.startsWith('boot ') || !b.startsWith('boot ')) return a === b;
  return Math.abs(Number(a.slice(5)) - Number(b.slice(5))) <= 1;
}

/** The living holder of a lock file; `undefined` when it is free or its holder is dead. */
export function lockHolder(file: string): LockHolder | undefined {
  const holder = readHolder(file);
  if (holder === undefined) return undefined;
  const start = processStart(holder.pid);
  return start !== undefined && isSameStart(start, holder.started) ? holder : undefined;
}

function readHolder(file: string): LockHolder | undefined {
  try {
    const { pid, started, token } = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<LockHolder>;
    return pid === undefined || started === undefined || token === undefined
      ? undefined
      : { pid, started, token };
  } catch {
    return undefined;
  }
}

/**
 * Takes a lock, or breaks one whose holder is dead.
 * @returns the living holder when there is one
 * @throws the file system's error when the lock cannot be written
 */
export function takeLock(file: string): Lock | LockHolder {
  const token = randomUUID();
  const own: LockHolder = { pid: process.pid, started: processStart(process.pid) ?? '', token };
  const mine = `${file}.${token}`;
  fs.writeFileSync(mine, JSON.stringify(own), { flag: 'wx' });
  try {
    for (;;) {
      if (linkExclusively(mine, file)) {
        return {
          release: () => {
            if (readHolder(file)?.token === token) fs.rmSync(file, { force: true });
          },
        };
      }
      const holder = lockHolder(file);
      if (holder !== undefined) return holder;
      breakLock(file);
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

export function isLock(result: Lock | LockHolder): result is Lock {
  return 'release' in result;
}

/** A complete file appears under the name, or none: nobody ever reads half a lock. */
function linkExclusively(from: string, to: string): boolean {
  try {
    fs.linkSync(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // File systems without hard links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EOPNOTSUPP') throw error;
  }
  try {
    fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A process that breaks a lock does it within this time, or was killed over it. */
const BREAKING_MS = 5000;

/**
 * Removes a dead lock. Several may have found it: the one that makes the marker named after it looks again, and as
 * long as the marker stands nobody else removes that lock, so a new one is never taken for the dead one.
 */
function breakLock(file: string): void {
  const dead = readHolder(file)?.token ?? 'unreadable';
  const marker = `${file}.${dead}.breaking`;
  try {
    fs.closeSync(fs.openSync(marker, 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const stat = fs.statSync(marker, { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > BREAKING_MS) fs.rmSync(marker, { force: true });
    return;
  }
  try {
    if ((readHolder(file)?.token ?? 'unreadable') === dead && lockHolder(file) === undefined)
      fs.rmSync(file, { force: true });
  } finally {
    fs.rmSync(marker, { force: true });
  }
}
