import * as fs from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { writeJsonAtomically } from '../common/atomicFile';
import { writeFailed } from '../common/fileError';
import { jobFiles } from './jobFiles';

/** The longest name, in characters. */
export const LONGEST_NAME = 120;

const notesSchema = z.object({ name: z.string().min(1).max(LONGEST_NAME).optional() });

/** What a person has noted about a job; the engine neither reads nor writes it. */
export interface Notes {
  /** What the person calls it. */
  readonly name?: string | undefined;
}

/** What is noted about a job; nothing where there is no such file, or one that is not understood. */
export function readNotes(folder: string): Notes {
  try {
    return notesSchema.parse(JSON.parse(fs.readFileSync(path.join(folder, jobFiles.notes), 'utf8')));
  } catch {
    return {};
  }
}

/** Notes something about a job. Throws `write-failed`. */
export function writeNotes(folder: string, notes: Notes): void {
  const file = path.join(folder, jobFiles.notes);
  try {
    writeJsonAtomically(file, notes);
  } catch (error) {
    throw writeFailed(file, error);
  }
}
