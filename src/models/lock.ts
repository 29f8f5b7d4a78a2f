import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { AtelierError } from '../errors';
import { phrase } from '../phrase';
import { writeFailed } from './writeError';

const heartbeatMs = 5_000;
// A holder that was killed stops touching its lock.
const staleMs = 30_000;

async function holderLives(file: string): Promise<boolean> {
  try {
    const [pid, stat] = await Promise.all([fs.readFile(file, 'utf8'), fs.stat(file)]);
    if (Date.now() - stat.mtimeMs > staleMs) return false;
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function take(file: string): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeFailed(file, error);
      if (await holderLives(file)) break;
      await fs.rm(file, { force: true });
    }
  }
  throw new AtelierError('write-failed', phrase`Another Atelier is writing this model already (${file}).`, {
    next: phrase`Wait until it is done, or stop it.`,
  });
}

/** Runs `work` while no other process that asks for the same lock file does. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await take(file);
  const touch = () => void fs.utimes(file, new Date(), new Date()).catch(() => undefined);
  const heartbeat = setInterval(touch, heartbeatMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await fs.rm(file, { force: true });
  }
}
