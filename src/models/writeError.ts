import { AtelierError } from '../errors';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'the folder is read-only',
};

/** Turns a failed write into a sentence; an `AtelierError` stays as it is. */
export function writeFailed(file: string, cause: unknown): AtelierError {
  if (cause instanceof AtelierError) return cause;
  const { code = '', message = String(cause) } = cause as NodeJS.ErrnoException;
  return new AtelierError('write-failed', `${file} cannot be written: ${reasons[code] ?? message}.`, {
    next: 'Make room or choose another folder, then start again: what is complete already is kept.',
    cause,
  });
}
