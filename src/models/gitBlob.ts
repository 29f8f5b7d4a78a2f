import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { fileSize } from './formats/byteRange';

/** Git's hash of a file with these contents: SHA-1, hex, of "blob SIZE\0" and the bytes. */
export function gitBlobHash(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Git's hash of a file on disk, read in pieces. */
export async function gitBlobHashOf(file: string): Promise<string> {
  const hash = createHash('sha1').update(`blob ${fileSize(file)}\0`);
  for await (const piece of fs.createReadStream(file, { highWaterMark: 1 << 20 }))
    hash.update(piece as Buffer);
  return hash.digest('hex');
}
