import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DeviceName } from './device';
import { isLock, takeLock } from '../jobs/lock';
import { lockHolder } from '../jobs/lockHolder';
import { makeFolder } from '../makeFolder';

const DAY_MS = 24 * 3600 * 1000;

/**
 * Notes that this process uses a device, in a file that only a process which ends in the middle leaves behind.
 * @returns takes the note back
 */
export function watchDevice(storage: string, device: DeviceName): () => void {
  const folder = watchFolder(storage);
  try {
    makeFolder(folder);
    const lock = takeLock(path.join(folder, `${device}-${process.pid}-${Date.now()}`));
    return isLock(lock) ? () => lock.release() : () => undefined;
  } catch {
    // A storage that cannot be written costs the note, not the run.
    return () => undefined;
  }
}

/** How often within the last day a process ended while it used the device; older notes are removed. */
export function recentDeaths(storage: string, device: DeviceName, now = Date.now()): number {
  const folder = watchFolder(storage);
  let names: string[] = [];
  try {
    names = fs.readdirSync(folder);
  } catch {
    return 0;
  }
  return names.filter(name => {
    const [, noted, began] = /^([a-z]+)-\d+-(\d+)$/.exec(name) ?? [];
    if (noted !== device) return false;
    const file = path.join(folder, name);
    if (lockHolder(file) !== undefined) return false;
    if (now - Number(began) < DAY_MS) return true;
    fs.rmSync(file, { force: true });
    return false;
  }).length;
}

/** Forgets all deaths, for a person who has mended something. */
export function forgetDeaths(storage: string): void {
  fs.rmSync(watchFolder(storage), { recursive: true, force: true });
}

function watchFolder(storage: string): string {
  return path.join(storage, 'devices-in-use');
}
