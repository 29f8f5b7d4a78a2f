import * as fs from 'node:fs';
import * as path from 'node:path';

let counter = 0;

/** A name in the same folder that no other writer uses; starts with a dot and ends with `.tmp`. */
export function temporaryName(file: string): string {
  counter += 1;
  return path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}-${counter}.tmp`);
}

/**
 * Writes a file so that it is seen whole or not at all: a temporary name in the same folder, then a rename. A kill
 * or a full disk in the middle leaves the previous content in place.
 * @param durable also waits until the bytes are on the disk, for what must survive a power cut
 */
export function writeAtomically(
  file: string,
  content: string | readonly Uint8Array[],
  { durable = false }: { durable?: boolean } = {},
): void {
  const temporary = temporaryName(file);
  const parts = typeof content === 'string' ? [Buffer.from(content)] : content;
  try {
    const handle = fs.openSync(temporary, 'wx');
    try {
      for (const part of parts) writeAll(handle, part);
      if (durable) fs.fsyncSync(handle);
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
