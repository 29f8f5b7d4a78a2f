import * as fs from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { AtelierError } from '../../common/errors';
import { writeFailed } from '../../common/fileError';
import { isTemporary } from '../../common/atomicFile';
import { msg } from '../../common/messages';
import { figureFiles, isStoredFigure } from './storedFigure';

/** What tells the index of a figure from another program's figure.json. */
const indexSchema = z.object({
  request: z.string(),
  pictures: z.array(z.object({ id: z.string(), file: z.string() })),
});

/**
 * Refuses a place in which a figure would replace what Atelier did not make: it goes into a new or an empty folder, or
 * into one that holds a figure. Nothing is written.
 * @throws `write-failed`
 */
export function requireFigurePlace(folder: string): void {
  let names: readonly string[];
  try {
    if (fs.statSync(existing(folder)).isDirectory()) names = namesIn(folder);
    else
      throw new AtelierError('write-failed', msg`${existing(folder)} is a file, not a folder.`, {
        next: msg`Choose a new or an empty folder.`,
      });
  } catch (error) {
    throw writeFailed(folder, error);
  }
  if (names.length === 0 || isFigure(folder)) return;
  throw new AtelierError('write-failed', msg`${folder} contains other files that a figure could replace.`, {
    next: msg`Choose a new or an empty folder.`,
  });
}

/** The path itself, or the nearest one above it at which there is something. */
function existing(file: string): string {
  const above = path.dirname(file);
  return fs.existsSync(file) || above === file ? file : existing(above);
}

/** Without an index that was being written when the work was killed. */
function namesIn(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).filter(name => !isTemporary(name));
}

function isFigure(folder: string): boolean {
  try {
    const index: unknown = JSON.parse(fs.readFileSync(path.join(folder, figureFiles.index), 'utf8'));
    return indexSchema.safeParse(index).success;
  } catch {
    // One that waits in the storage has no index yet.
    return isStoredFigure(folder);
  }
}
