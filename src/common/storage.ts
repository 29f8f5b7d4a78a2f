import * as fs from 'node:fs';
import * as path from 'node:path';
import envPaths from 'env-paths';
import { writeFailed } from './fileError';
import { systemCode } from './systemErrors';

/**
 * Atelier's folder for models, jobs and what was measured about devices: the environment's ATELIER_STORAGE, else
 * the system's place for data.
 */
function storageFolder(): string {
  const named = process.env.ATELIER_STORAGE;
  return named === undefined || named === '' ? envPaths('atelier', { suffix: '' }).data : path.resolve(named);
}

/**
 * `storageFolder`, when it can be one: it may be missing as yet.
 * @throws `write-failed` for a file in its place or above it, and for a folder that may not be searched
 */
export function usableStorage(): string {
  const folder = storageFolder();
  try {
    const isFolder = fs.statSync(folder).isDirectory();
    if (!isFolder) throw Object.assign(new Error('a file'), { code: 'ENOTDIR' });
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.X_OK);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw writeFailed(folder, error);
  }
  return folder;
}
