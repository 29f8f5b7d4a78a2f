import * as path from 'node:path';
import sharp from 'sharp';
import { AtelierError } from '../../common/errors';
import { readFailed } from '../../common/fileError';
import { msg } from '../../common/messages';
import { saveBeside } from '../../images/save';
import { isFolder } from '../../jobs/output';
import { readJob } from '../../jobs/folder';
import type { Size } from '../../nst/image';
import type { TimelineRequest } from '../../protocol/request';
import { encodeAnimation } from './animation';
import { encodeVideo, requireFfmpeg } from './ffmpeg';
import type { Film } from './film';
import { keptPictures, shownPictures } from './pictures';

/** Where few pictures were kept, the longest that each is shown, in milliseconds: longer, and nothing seems to move. */
const LONGEST_MS = 500;

/** Who waits for it. */
interface Waiting {
  readonly signal: AbortSignal;
  /** Of pictures that were read, and those that were written. */
  readonly onProgress: (done: number, total: number) => void;
}

/** A file with the timeline, and how many pictures it shows. */
export interface ExportedTimeline {
  readonly file: string;
  readonly frames: number;
}

/**
 * Writes an animated picture of how a painting came to be: the previews that its job has kept, then the result.
 * @returns the file: under the name that was asked for, or the next free one, since none is replaced
 * @throws `usage` for another ending than .webp, .gif and .mp4, and for an MP4 without ffmpeg; `file-missing` for a
 * folder that is not there, and a job with too few previews; the errors of `readJob`; `write-failed`; `interrupted`
 */
export async function exportTimeline(
  { job, to, size, seconds, hold }: TimelineRequest,
  { signal, onProgress }: Waiting,
): Promise<ExportedTimeline> {
  const encode = encoderOf(to);
  if (!isFolder(path.dirname(path.resolve(to))))
    throw new AtelierError('file-missing', msg`${path.dirname(to)}: the output folder does not exist.`, {
      next: msg`Create it, or choose another.`,
    });
  const kept = keptPictures(readJob(job));
  const sides = await sidesOf(kept.at(-1)!, size);
  const files = shownPictures(kept, seconds, sides.width * sides.height * 3);
  const pictures: Uint8Array[] = [];
  for (const file of files) {
    requireWanted(signal);
    pictures.push(await pixelsOf(file, sides));
    // What is written counts as much as what is read.
    onProgress(pictures.length, 2 * files.length);
  }
  // Times of a GIF are hundredths of a second.
  const delay = Math.max(10, Math.min(LONGEST_MS, Math.round((100 * seconds) / files.length) * 10));
  const film = { ...sides, pictures, delay, hold: Math.round(hold * 1000) };
  const bytes = await unless(signal, encode(film, signal));
  requireWanted(signal);
  const file = await saveBeside(path.resolve(to), bytes);
  onProgress(1, 1);
  return { file, frames: files.length };
}

type Encode = (film: Film, signal: AbortSignal) => Promise<Buffer>;

function encoderOf(file: string): Encode {
  switch (path.extname(file).toLowerCase()) {
    case '.webp':
      return film => encodeAnimation(film, 'webp');
    case '.gif':
      return film => encodeAnimation(film, 'gif');
    case '.mp4': {
      const program = requireFfmpeg();
      return (film, signal) => encodeVideo(program, film, signal);
    }
    default:
      throw new AtelierError('usage', msg`${file}: a timeline can be a .webp, .gif or .mp4 file.`);
  }
}

/** Of all pictures: even, for the sake of video, and never larger than the last one. */
async function sidesOf(last: string, size: number): Promise<Size> {
  const { width, height } = await reading(last, () => sharp(last, { limitInputPixels: false }).metadata());
  const shrink = Math.min(1, size / Math.max(width, height));
  const even = (side: number): number => Math.max(2, 2 * Math.floor((side * shrink) / 2));
  return { width: even(width), height: even(height) };
}

function pixelsOf(file: string, { width, height }: Size): Promise<Uint8Array> {
  return reading(file, () =>
    sharp(file, { limitInputPixels: false })
      .resize(width, height, { fit: 'fill' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw()
      .toBuffer(),
  );
}

async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw readFailed(file, error);
  }
}

function stopped(): AtelierError {
  return new AtelierError('interrupted', msg`The export was stopped.`);
}

function requireWanted(signal: AbortSignal): void {
  if (signal.aborted) throw stopped();
}

/** libvips cannot be stopped: nobody waits for what it still writes. */
async function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let giveUp = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(stopped());
  });
  signal.addEventListener('abort', giveUp);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
