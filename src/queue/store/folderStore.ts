import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import { isTemporary, temporaryName } from '../../common/atomicFile';
import { readFailed, writeFailed } from '../../common/fileError';
import { makeFolder } from '../../common/makeFolder';
import { systemCode } from '../../common/systemErrors';
import { requireBlobName, type BlobStore } from './blobStore';

/** Blobs as files of a folder that all machines see. Nothing expires. */
export class FolderStore implements BlobStore {
  /** @throws `write-failed` */
  constructor(private readonly folder: string) {
    makeFolder(folder);
  }

  async read(name: string): Promise<Buffer | undefined> {
    try {
      return await fs.readFile(this.at(name));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw readFailed(this.at(name), error);
    }
  }

  async write(name: string, bytes: Buffer): Promise<void> {
    const file = this.at(name);
    const temporary = temporaryName(file);
    try {
      makeFolder(path.dirname(file));
      const handle = await fs.open(temporary, 'wx');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await fs.rename(temporary, file);
    } catch (error) {
      await fs.rm(temporary, { force: true }).catch(() => undefined);
      throw writeFailed(file, error);
    }
  }

  async exists(name: string): Promise<boolean> {
    try {
      await fs.access(this.at(name));
      return true;
    } catch {
      return false;
    }
  }

  async list(prefix: string): Promise<readonly string[]> {
    try {
      const found = await fs.readdir(this.at(prefix));
      return found
        .filter(name => !isTemporary(name))
        .map(name => `${prefix}${name}`)
        .sort();
    } catch {
      return [];
    }
  }

  private at(name: string): string {
    requireBlobName(name);
    return path.join(this.folder, ...name.split('/'));
  }
}
