import { promises as fs } from 'node:fs';
import { AtelierError } from '../common/errors';
import { readFailed } from '../common/fileError';
import { msg } from '../common/messages';

/** Node reads no file of 2 GiB or more into one buffer. */
const longestFile = 2 ** 31 - 1;

/**
 * The bytes of an image file, read whole: decoding from memory means that what is checked is what is decoded,
 * and that libvips, which caches by name, never shows an older version of a file that has changed.
 *
 * @throws AtelierError `file-missing`, `file-unreadable` (a folder, a device, no permission), `image-empty`,
 * `image-too-large` (2 GiB or more)
 */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    const stat = await fs.stat(file);
    if (stat.isDirectory())
      throw new AtelierError('file-unreadable', msg`${file} is a folder, not an image.`);
    // Opening a pipe or a terminal would wait for ever.
    if (!stat.isFile()) throw new AtelierError('file-unreadable', msg`${file} is not a regular file.`);
    if (stat.size === 0) {
      throw new AtelierError('image-empty', msg`${file} is empty (0 bytes).`, {
        next: msg`Save or copy the image again.`,
      });
    }
    if (stat.size > longestFile) {
      throw new AtelierError('image-too-large', msg`${file} is larger than 2 GiB.`, {
        next: msg`Make a smaller copy with an image editor first.`,
      });
    }
    return await fs.readFile(file);
  } catch (error) {
    throw readFailed(file, error);
  }
}
