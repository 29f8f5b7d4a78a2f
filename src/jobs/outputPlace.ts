import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeFailed } from '../common/fileError';
import { followLinks, isFolder } from './output';
import type { Recipe } from '../recipe/recipe';

/**
 * Refuses a result that could not be written where it is to go, before any time is spent: beside the content image, in
 * the folder that `output` names, or under its name.
 * @throws `write-failed`
 */
export function requireWritable({ content, output }: Pick<Recipe, 'content' | 'output'>): void {
  const named = output === undefined || isFolder(output) ? undefined : output;
  const folder = named === undefined ? (output ?? path.dirname(content)) : path.dirname(followLinks(named));
  // `checkOutput` has another sentence for it.
  if (!isFolder(folder)) return;
  try {
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK);
    // The name itself may be longer than the file system takes.
    if (named !== undefined) fs.lstatSync(named, { throwIfNoEntry: false });
  } catch (error) {
    throw writeFailed(named ?? folder, error);
  }
}
