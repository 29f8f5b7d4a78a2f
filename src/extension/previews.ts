import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isTemporary } from '../common/atomicFile';
import type { EngineOwner } from './engine/engineOwner';
import type { Settings } from './settings';
import { makeFolder } from '../common/makeFolder';

/**
 * Small upright WebP copies of images, made by the engine and kept in the storage: webviews read them there, so
 * their roots need not open the folders in which people keep their pictures.
 */
export class Previews {
  private readonly underWay = new Map<string, Promise<string>>();

  constructor(
    private readonly engine: EngineOwner,
    private readonly settings: Settings,
  ) {}

  /** Where the copies are. */
  get folder(): string {
    return path.join(this.settings.storage, 'previews');
  }

  /**
   * The copy of an image, made when it is not there yet.
   * @param side longest side in pixels
   * @returns its absolute path
   * @throws what the engine says of the image: `file-missing`, `image-corrupt`, …
   */
  async of(image: string, side: number): Promise<string> {
    const stat = await fs.promises.stat(image).catch(() => ({ mtimeMs: 0, size: 0 }));
    const copy = path.join(this.folder, `${fingerprint(image, stat, side)}.webp`);
    const making = this.underWay.get(copy) ?? this.make(image, copy, side);
    this.underWay.set(copy, making);
    try {
      return await making;
    } finally {
      this.underWay.delete(copy);
    }
  }

  /** The copy of an image if it is there already: without waiting, and without an engine. */
  ready(image: string, side: number): string | undefined {
    const stat = fs.statSync(image, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    const copy = path.join(this.folder, `${fingerprint(image, stat, side)}.webp`);
    return fs.existsSync(copy) ? copy : undefined;
  }

  /** Removes copies that were made longer than this many days ago. */
  async prune(days: number, now = Date.now()): Promise<void> {
    const names = await fs.promises.readdir(this.folder).catch(() => []);
    for (const name of names.filter(isOurs)) {
      const file = path.join(this.folder, name);
      const stat = await fs.promises.stat(file).catch(() => undefined);
      if (stat !== undefined && now - stat.mtimeMs > days * 86_400_000)
        await fs.promises.rm(file, { force: true });
    }
  }

  private async make(image: string, copy: string, side: number): Promise<string> {
    if (await fs.promises.stat(copy).catch(() => undefined)) return copy;
    makeFolder(this.folder);
    await this.engine.ask({ type: 'convert', image, to: copy, side });
    return copy;
  }
}

/** Whether a file is a copy, or what is left of one that was being made. */
function isOurs(name: string): boolean {
  return /^[\da-f]{32}\.webp$/.test(name) || isTemporary(name);
}

/** Another text for another image, another version of it, or another size. */
function fingerprint(
  image: string,
  { mtimeMs, size }: Pick<fs.Stats, 'mtimeMs' | 'size'>,
  side: number,
): string {
  const identity = JSON.stringify([path.resolve(image), mtimeMs, size, side]);
  return crypto.createHash('sha256').update(identity).digest('hex').slice(0, 32);
}
