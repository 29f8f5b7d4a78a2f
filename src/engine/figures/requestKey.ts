import { createHash } from 'node:crypto';
import * as fs from 'node:fs';

/**
 * Names what the pictures of a figure depend on, so that a folder goes on only with the same work.
 * @param asked settings, as anything that JSON can write
 * @param files images, which count by what is in them
 */
export function requestKey(asked: unknown, files: readonly string[]): string {
  const contents = files.map(file => createHash('sha256').update(fs.readFileSync(file)).digest('hex'));
  return JSON.stringify([asked, contents]);
}
