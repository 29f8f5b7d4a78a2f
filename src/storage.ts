import * as path from 'node:path';
import envPaths from 'env-paths';

/**
 * Atelier's folder for models, jobs and what was measured about devices: the environment's ATELIER_STORAGE, else
 * the system's place for data.
 */
export function storageFolder(): string {
  const named = process.env.ATELIER_STORAGE;
  return named === undefined || named === '' ? envPaths('atelier', { suffix: '' }).data : path.resolve(named);
}
