import * as path from 'node:path';
import envPaths from 'env-paths';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';

/**
 * The folder that holds installed networks, one NAME.safetensors each.
 *
 * @param storage Atelier's storage; by default the environment's ATELIER_STORAGE, else the system's place for data
 */
export function modelsFolder(storage?: string): string {
  const root = storage ?? process.env.ATELIER_STORAGE;
  return path.join(
    root === undefined || root === '' ? envPaths('atelier', { suffix: '' }).data : root,
    'models',
  );
}

/** What a network may be called: it becomes a file's name. */
export function isModelName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,99}$/u.test(name);
}

/** Where a network of this name is or will be installed. Throws `usage` for what cannot be a name. */
export function modelFile(folder: string, name: string): string {
  if (!isModelName(name))
    throw new AtelierError('usage', msg`${JSON.stringify(name)} cannot be the name of a model.`, {
      next: msg`Use letters, digits, dots, dashes and underscores.`,
    });
  return path.join(folder, `${name}.safetensors`);
}
