import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeFailed } from './fileError';
import { systemCode } from './systemErrors';

/**
 * Creates a folder with those above it. Node's own `recursive` goes round for ever where a file system refuses with
 * ENOENT, as /proc does.
 * @throws `write-failed`
 */
export function makeFolder(folder: string): void {
  try {
    make(path.resolve(folder));
  } catch (error) {
    throw writeFailed(folder, error);
  }
}

function make(folder: string): void {
  if (isFolder(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder && !fs.existsSync(parent)) make(parent);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if (isFolder(folder)) return;
    const taken = fs.existsSync(folder) && systemCode(error) === 'EEXIST';
    throw taken ? Object.assign(error as Error, { code: 'ENOTDIR' }) : error;
  }
}

function isFolder(folder: string): boolean {
  return fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
