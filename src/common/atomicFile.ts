import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * A name in the same folder that no other writer uses; starts with a dot and ends with `.tmp`. It is short whatever the
 * file is called: a name may be as long as the file system takes.
 * @param mark twelve hexadecimal digits; a writer that always has the same finds what it left when it was killed
 */
export function temporaryName(file: string, mark = randomBytes(6).toString('hex')): string {
  return path.join(path.dirname(file), `.atelier-${mark}.tmp`);
}

/** Whether a file is one that `temporaryName` named and nobody came to rename. */
export function isTemporary(name: string): boolean {
  return /^\.atelier-[\da-f]{12}\.tmp$/.test(name);
}

/**
 * Writes a file so that it is seen whole or not at all: a temporary name in the same folder, then a rename. A kill
 * or a full disk in the middle leaves the previous content in place.
 */
export function writeAtomically(file: string, content: string | readonly Uint8Array[]): void {
  const temporary = temporaryName(file);
  const parts = typeof content === 'string' ? [Buffer.from(content)] : content;
  try {
    const handle = fs.openSync(temporary, 'wx');
    try {
      for (const part of parts) writeAll(handle, part);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length;) {
    offset += fs.writeSync(handle, bytes, offset);
  }
}

/** `writeAtomically` for JSON, indented for people. */
export function writeJsonAtomically(file: string, value: unknown): void {
  writeAtomically(file, `${JSON.stringify(value, undefined, 2)}\n`);
}
