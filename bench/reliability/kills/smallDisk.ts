import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const MARK = 'ATELIER_CAMPAIGN_MOUNTS';
const MIB = 1024 * 1024;

/**
 * Runs this program once more in a mount namespace of its own, where small disks can be mounted and are gone with the
 * program; does nothing where it runs in one already, or the system has none.
 * @returns the exit code of that run
 */
export function runWithMounts(): number | undefined {
  if (process.env[MARK] !== undefined || process.platform !== 'linux') return undefined;
  const options = process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--map-root-user'];
  if (spawnSync('unshare', [...options, 'true']).status !== 0) return undefined;
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const { status } = spawnSync('unshare', [...options, ...again], {
    stdio: 'inherit',
    env: { ...process.env, [MARK]: 'own' },
  });
  return status ?? 1;
}

/** A disk of a few megabytes, of which a file takes all but a part. */
export class SmallDisk {
  private readonly filler: string;

  private constructor(
    readonly folder: string,
    private readonly bytes: number,
  ) {
    this.filler = path.join(folder, 'filler');
  }

  /** @returns undefined where none can be mounted */
  static mount(folder: string): SmallDisk | undefined {
    fs.mkdirSync(folder, { recursive: true });
    const bytes = 8 * MIB;
    if (process.env[MARK] === undefined) return undefined;
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
    return status === 0 ? new SmallDisk(folder, bytes) : undefined;
  }

  /** Leaves so many bytes. */
  leave(free: number): void {
    this.clear();
    const { bavail, bsize } = fs.statfsSync(this.folder);
    const size = Math.min(this.bytes, bavail * bsize) - free;
    if (size > 0) fs.writeFileSync(this.filler, Buffer.alloc(size));
  }

  clear(): void {
    fs.rmSync(this.filler, { force: true });
  }

  unmount(): void {
    spawnSync('umount', [this.folder]);
  }
}
