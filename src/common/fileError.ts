import { AtelierError } from './errors';
import { msg, type Message } from './messages';
import { isForbidden, isMissing, systemErrorText } from './systemErrors';

/**
 * The error for what could not be written; an `AtelierError` stays as it is.
 * @param next what to do, where that is not what usually helps against such a refusal
 */
export function writeFailed(file: string, cause: unknown, next?: Message): AtelierError {
  if (cause instanceof AtelierError) return cause;
  const why = systemErrorText(cause);
  return new AtelierError('write-failed', msg`${file} cannot be written: ${why.reason}.`, {
    next: next ?? why.next,
    cause,
  });
}

const otherFile = msg`Change its permissions or choose another file.`;

/** The error for a file that could not be read: `file-missing` or `file-unreadable`. */
export function readFailed(file: string, cause: unknown): AtelierError {
  if (cause instanceof AtelierError) return cause;
  if (isMissing(cause))
    return new AtelierError('file-missing', msg`${file} does not exist.`, {
      next: msg`Check the name and the folder.`,
      cause,
    });
  if (isForbidden(cause))
    return new AtelierError('file-unreadable', msg`${file} cannot be read: permission denied.`, {
      next: otherFile,
      cause,
    });
  return new AtelierError('file-unreadable', msg`${file} cannot be read: ${systemErrorText(cause).reason}.`, {
    next: msg`Choose another file.`,
    cause,
  });
}
