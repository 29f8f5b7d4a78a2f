import { AtelierError } from '../errors';
import { phrase, type Phrase } from '../phrase';

const reasons: Readonly<Record<string, Phrase>> = {
  ENOSPC: phrase`the disk is full`,
  EDQUOT: phrase`the disk quota is used up`,
  EFBIG: phrase`the file would be larger than allowed`,
  EACCES: phrase`there is no permission`,
  EPERM: phrase`there is no permission`,
  EROFS: phrase`the folder is read-only`,
};

/** Turns a failed write into a sentence; an `AtelierError` stays as it is. */
export function writeFailed(file: string, cause: unknown): AtelierError {
  if (cause instanceof AtelierError) return cause;
  const { code = '', message = String(cause) } = cause as NodeJS.ErrnoException;
  return new AtelierError('write-failed', phrase`${file} cannot be written: ${reasons[code] ?? message}.`, {
    next: phrase`Make room or choose another folder, then start again: what is complete already is kept.`,
    cause,
  });
}
