import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { spread } from '../../common/spread';
import { jobFiles, type StoredJob } from '../../jobs/folder';

/** Pictures a second: more than that the eye does not tell apart. */
const MOST_A_SECOND = 25;

/** What the pictures together may take in memory, in bytes of 8-bit RGB. */
const MOST_BYTES = 256e6;

/**
 * The pictures that were kept of a job, from the first preview to the newest, or to its result. A run keeps no more than
 * `MAX_FRAMES` previews of at most 1024 pixels a side, which is what bounds its folder.
 * @returns absolute paths, in order
 * @throws `file-missing` for fewer than two
 */
export function keptPictures({ folder, state }: StoredJob): readonly string[] {
  const isThere = (file: string): boolean => fs.existsSync(file);
  const frames = state.frames.map(({ file }) => path.join(folder, jobFiles.frames, path.basename(file)));
  const result = path.join(folder, jobFiles.result);
  // The last preview shows the step that the result shows; one before it does not.
  const shown = isThere(result) ? state.frames.filter(({ step }) => step < state.step).length : frames.length;
  const pictures = [...frames.slice(0, shown), result].filter(isThere);
  if (pictures.length < 2)
    throw new AtelierError(
      'file-missing',
      msg`The run has kept too few previews (${pictures.length}) for a timeline.`,
      { next: msg`Wait until more has been painted, or run it again.` },
    );
  return pictures;
}

/** Those that can be shown in so many seconds, and held in memory: evenly spread, with the first and the last. */
export function shownPictures(
  pictures: readonly string[],
  seconds: number,
  bytesOfOne: number,
): readonly string[] {
  const most = Math.min(seconds * MOST_A_SECOND, MOST_BYTES / bytesOfOne);
  return spread(pictures, Math.max(2, Math.floor(most)));
}
