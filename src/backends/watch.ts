import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DeviceName } from './device';
import { isFileLock, acquireFileLock } from '../common/fileLock';
import { lockHolder } from '../common/fileLockHolder';
import { makeFolder } from '../common/makeFolder';

const DAY_MS = 24 * 3600 * 1000;
const NOTE = /^(?<noted>[a-z]+)-(?<pid>\d+)-(?<began>\d+)$/;

/** What takes back the notes of this process. */
const notes = new Set<() => void>();

/** A process that ends by itself, however hastily, did not die of a device. */
process.on('exit', () => {
  for (const takeBack of notes) takeBack();
});

/**
 * Notes that this process uses a device, in a file that only a process which ends in the middle leaves behind.
 * @returns takes the note back
 */
export function watchDevice(storage: string, device: DeviceName): () => void {
  const folder = watchFolder(storage);
  try {
    makeFolder(folder);
    const lock = acquireFileLock(path.join(folder, `${device}-${process.pid}-${Date.now()}`));
    if (!isFileLock(lock)) return () => undefined;
    const takeBack = () => {
      lock.release();
      notes.delete(takeBack);
    };
    notes.add(takeBack);
    return takeBack;
  } catch {
    // A storage that cannot be written costs the note, not the run.
    return () => undefined;
  }
}

/** How often within the last day a process ended while it used the device; older notes are removed. */
export function recentCrashes(storage: string, device: DeviceName, now = Date.now()): number {
  const folder = watchFolder(storage);
  let names: string[] = [];
  try {
    names = fs.readdirSync(folder);
  } catch {
    return 0;
  }
  return names.filter(name => {
    const { noted, began } = NOTE.exec(name)?.groups ?? {};
    if (noted !== device) return false;
    const file = path.join(folder, name);
    if (lockHolder(file) !== undefined) return false;
    if (now - Number(began) < DAY_MS) return true;
    fs.rmSync(file, { force: true });
    return false;
  }).length;
}

/** Takes back the notes of a process that was killed on purpose: no device is to blame. */
export function clearFailedDevices(storage: string, pid: number | undefined): void {
  const folder = watchFolder(storage);
  try {
    for (const name of fs.readdirSync(folder))
      if (NOTE.exec(name)?.groups?.pid === String(pid)) fs.rmSync(path.join(folder, name), { force: true });
  } catch {
    // There are none, or none that could be removed.
  }
}

function watchFolder(storage: string): string {
  return path.join(storage, 'devices-in-use');
}
