import * as fs from 'node:fs';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { unusable } from './weightError';

/** Size of a file in bytes. Throws `file-missing`, or `file-unreadable` for what is not a file. */
export function fileSize(file: string): number {
  let stat;
  try {
    stat = fs.statSync(file);
  } catch (cause) {
    throw new AtelierError('file-missing', msg`${file} does not exist or cannot be reached.`, { cause });
  }
  if (!stat.isFile()) throw new AtelierError('file-unreadable', msg`${file} is not a file.`);
  return stat.size;
}

/**
 * Fills `target` with the bytes of a file from `position` on, and keeps nothing open.
 *
 * @throws `file-unreadable`, or `model-corrupt` when the file ends too early.
 */
export function readInto(file: string, position: number, target: NodeJS.ArrayBufferView): void {
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  let handle;
  try {
    handle = fs.openSync(file, 'r');
    let done = 0;
    while (done < bytes.length) {
      const count = fs.readSync(handle, bytes, done, bytes.length - done, position + done);
      if (count === 0) throw unusable(file, msg`it is cut short at ${position + done} bytes`);
      done += count;
    }
  } catch (cause) {
    if (cause instanceof AtelierError) throw cause;
    throw new AtelierError('file-unreadable', msg`${file} cannot be read.`, { cause });
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}
