import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { Answer, Origin } from './origin';
import type { Published } from './published';
import { WrongBytes } from './wrongBytes';

/** A mirror's folder with the files of one commit. */
export class FolderOrigin implements Origin {
  constructor(private readonly folder: string) {}

  locate(file: Published): string {
    return path.join(this.folder, file.path);
  }

  async open(file: Published, offset: number, signal: AbortSignal): Promise<Answer> {
    const location = this.locate(file);
    const stat = await fs.promises.stat(location).catch((cause: unknown) => {
      throw new AtelierError('download-failed', msg`The mirror has no file ${location}.`, {
        next: msg`Use another mirror, or download from the original host.`,
        cause,
      });
    });
    if (stat.size !== file.size)
      throw new WrongBytes(msg`it has ${stat.size} bytes where ${file.size} are expected`);
    return { offset, bytes: fs.createReadStream(location, { start: offset, signal }), endIsCertain: false };
  }

  async close(): Promise<void> {
    // Nothing stays open between files.
  }
}
