import { phrase, type Phrase, verbatim } from './messages';

/** Why the system refused something, as a clause, and what to do next. */
export interface SystemReason {
  readonly reason: Phrase;
  readonly next: Phrase;
}

const elsewhere = phrase`Choose another folder.`;
const makeRoom = phrase`Free some space or choose another folder.`;
const permit = phrase`Change the permissions or choose another folder.`;
const shorten = phrase`Choose a shorter name.`;
const closeSome = phrase`Close other programs and try again.`;
const again = phrase`Check the disk or the connection to it, then try again.`;

/** Every error of the file system that people can meet: the only place where a code becomes words. */
const reasons: Readonly<Record<string, SystemReason>> = {
  EACCES: { reason: phrase`permission denied`, next: permit },
  EPERM: { reason: phrase`permission denied`, next: permit },
  EROFS: { reason: phrase`the folder is read-only`, next: elsewhere },
  ENOENT: { reason: phrase`the folder does not exist`, next: elsewhere },
  ENOTDIR: { reason: phrase`what should be the folder is a file`, next: elsewhere },
  EISDIR: { reason: phrase`there is a folder of this name`, next: phrase`Choose another name.` },
  EEXIST: { reason: phrase`the name is taken`, next: phrase`Choose another name.` },
  ENOTEMPTY: { reason: phrase`the folder is not empty`, next: elsewhere },
  ENAMETOOLONG: { reason: phrase`the name is too long`, next: shorten },
  ELOOP: { reason: phrase`its symbolic links go round in a circle`, next: elsewhere },
  EINVAL: { reason: phrase`the file system does not take this name`, next: phrase`Choose another name.` },
  ERR_INVALID_ARG_VALUE: {
    reason: phrase`no file can have this name`,
    next: phrase`Choose another name.`,
  },
  ENOSPC: { reason: phrase`the disk is full`, next: makeRoom },
  EDQUOT: { reason: phrase`the disk quota is used up`, next: makeRoom },
  EFBIG: { reason: phrase`the file would be larger than allowed`, next: elsewhere },
  EMFILE: { reason: phrase`too many files are open`, next: closeSome },
  ENFILE: { reason: phrase`too many files are open`, next: closeSome },
  ENOMEM: { reason: phrase`there is not enough memory`, next: closeSome },
  EBUSY: { reason: phrase`another program is using it`, next: closeSome },
  ETXTBSY: { reason: phrase`another program is using it`, next: closeSome },
  EXDEV: { reason: phrase`the folder lies on two file systems`, next: elsewhere },
  EIO: { reason: phrase`the disk or the connection to it fails`, next: again },
  ENXIO: { reason: phrase`it is a device that does not answer`, next: again },
  ENODEV: { reason: phrase`it is a device that does not answer`, next: again },
  ESTALE: { reason: phrase`the disk or the connection to it fails`, next: again },
  ENOTCONN: { reason: phrase`the disk or the connection to it fails`, next: again },
  EHOSTDOWN: { reason: phrase`the disk or the connection to it fails`, next: again },
  ETIMEDOUT: { reason: phrase`the disk or the connection to it fails`, next: again },
};

/** What Node tells of a refusal. */
interface SystemError extends Error {
  readonly code?: string;
  readonly path?: string;
  readonly syscall?: string;
}

/** The system's refusal in words; an error that is not the system's keeps its own. */
export function systemReason(cause: unknown): SystemReason {
  const { code, message = String(cause) } = cause as Partial<SystemError>;
  const known = code === undefined ? undefined : reasons[code];
  if (known !== undefined) return known;
  const reason = /^E[A-Z]+$/.test(code ?? '') ? phrase`the system reports ${code ?? ''}` : verbatim(message);
  return { reason, next: elsewhere };
}

/** What the system says when it refuses something about a file. */
type FileError = SystemError & { readonly path: string; readonly syscall: string };

/** Whether the system refused something about a file. */
export function isFileError(cause: unknown): cause is FileError {
  if (!(cause instanceof Error)) return false;
  const { path, syscall } = cause as SystemError;
  return typeof path === 'string' && typeof syscall === 'string' && !/^(spawn|connect|listen)/.test(syscall);
}
