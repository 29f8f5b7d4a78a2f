import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import { systemCode } from './systemErrors';

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** When that process started, so that a later process with the same number is not mistaken for it. */
  readonly started: string;
  readonly token: string;
}

/** A lock file as it was found. */
export interface FoundLock {
  /** Tells this lock from every other, before and after it: part of a file's name. */
  readonly mark: string;
  /** Whether it says who wrote it. */
  readonly isWhole: boolean;
  /** Who wrote it, where that process still runs. */
  readonly living: LockHolder | undefined;
  /** When it was written, in milliseconds. */
  readonly writtenAt: number;
}

/** The locks of networks held a bare process number once, and were touched every few seconds. */
const BARE = /^\d+$/;
const BARE_STALE_MS = 30_000;

/** This process as the holder of a new lock. */
export function newHolder(): LockHolder {
  return { pid: process.pid, started: processStart(process.pid) ?? '', token: crypto.randomUUID() };
}

/** The living holder of a lock file; `undefined` when it is free, cannot be read, or its holder is dead. */
export function lockHolder(file: string): LockHolder | undefined {
  try {
    return findLock(file)?.living;
  } catch {
    return undefined;
  }
}

/**
 * What a lock file says; `undefined` when there is none.
 * @throws the file system's error when it cannot be read
 */
export function findLock(file: string): FoundLock | undefined {
  let text = '';
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  // Also of a link that leads nowhere, which is there and cannot be read.
  const stat = fs.lstatSync(file, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const { ino, mtimeNs, mtimeMs } = stat;
  const holder = parseHolder(text);
  const writtenAt = Number(mtimeMs);
  const isFresh = holder?.token !== '' || Date.now() - writtenAt < BARE_STALE_MS;
  return {
    mark: markOf(holder) ?? digest(`${ino} ${mtimeNs} ${text}`),
    isWhole: holder !== undefined,
    living: holder !== undefined && isFresh && isAlive(holder) ? holder : undefined,
    writtenAt,
  };
}

function parseHolder(text: string): LockHolder | undefined {
  if (BARE.test(text)) return { pid: Number(text), started: '', token: '' };
  try {
    const { pid, started, token } = JSON.parse(text) as Partial<Record<keyof LockHolder, unknown>>;
    return typeof pid === 'number' && typeof started === 'string' && typeof token === 'string'
      ? { pid, started, token }
      : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started }: LockHolder): boolean {
  const start = processStart(pid);
  return start !== undefined && (started === '' || isSameStart(start, started));
}

function markOf(holder: LockHolder | undefined): string | undefined {
  if (holder === undefined || holder.token === '') return undefined;
  return /^[\da-f-]{36}$/.test(holder.token) ? holder.token : digest(holder.token);
}

/** As long as a token. */
function digest(text: string): string {
  return crypto.createHash('sha256').update(text).digest('hex').slice(0, 36);
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
    if (systemCode(error) !== 'EPERM') return undefined;
  }
  // To the minute: the clock and the uptime drift against each other.
  return `boot ${Math.round((Date.now() / 1000 - os.uptime()) / 60)}`;
}

function isSameStart(a: string, b: string): boolean {
  if (!a.startsWith('boot ') || !b.startsWith('boot ')) return a === b;
  return Math.abs(Number(a.slice(5)) - Number(b.slice(5))) <= 1;
}
