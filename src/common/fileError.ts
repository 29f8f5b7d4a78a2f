import { AtelierError } from './errors';
import { phrase, type Phrase } from './messages';
import { systemReason } from './systemError';

/**
 * The error for what could not be written; an `AtelierError` stays as it is.
 * @param next what to do, where that is not what usually helps against such a refusal
 */
export function writeFailed(file: string, cause: unknown, next?: Phrase): AtelierError {
  if (cause instanceof AtelierError) return cause;
  const why = systemReason(cause);
  return new AtelierError('write-failed', phrase`${file} cannot be written: ${why.reason}.`, {
    next: next ?? why.next,
    cause,
  });
}

const otherFile = phrase`Change its permissions or choose another file.`;

/** The error for a file that could not be read: `file-missing` or `file-unreadable`. */
export function readFailed(file: string, cause: unknown): AtelierError {
  if (cause instanceof AtelierError) return cause;
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AtelierError('file-missing', phrase`${file} does not exist.`, {
        next: phrase`Check the name and the folder.`,
        cause,
      });
    case 'EACCES':
    case 'EPERM':
      return new AtelierError('file-unreadable', phrase`${file} may not be read: permission denied.`, {
        next: otherFile,
        cause,
      });
    default:
      return new AtelierError(
        'file-unreadable',
        phrase`${file} cannot be read: ${systemReason(cause).reason}.`,
        {
          next: phrase`Choose another file.`,
          cause,
        },
      );
  }
}
