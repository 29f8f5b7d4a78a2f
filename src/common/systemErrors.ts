import { msg, type Message, verbatim } from './messages';

/** Why the system refused something, as a clause, and what to do next. */
export interface SystemErrorText {
  readonly reason: Message;
  readonly next: Message;
}

const elsewhere = msg`Choose another folder.`;
const makeRoom = msg`Free some space or choose another folder.`;
const permit = msg`Change the permissions or choose another folder.`;
const shorten = msg`Choose a shorter name.`;
const closeSome = msg`Close other programs and try again.`;
const again = msg`Check the disk or the connection to it, then try again.`;

/** Every error of the file system that people can meet: the only place where a code becomes words. */
const systemErrors: Readonly<Record<string, SystemErrorText>> = {
  EACCES: { reason: msg`permission denied`, next: permit },
  EPERM: { reason: msg`permission denied`, next: permit },
  EROFS: { reason: msg`the folder is read-only`, next: elsewhere },
  ENOENT: { reason: msg`the folder does not exist`, next: elsewhere },
  ENOTDIR: { reason: msg`a file has the folder’s name`, next: elsewhere },
  EISDIR: { reason: msg`there is a folder of this name`, next: msg`Choose another name.` },
  EEXIST: { reason: msg`the name is taken`, next: msg`Choose another name.` },
  ENOTEMPTY: { reason: msg`the folder is not empty`, next: elsewhere },
  ENAMETOOLONG: { reason: msg`the name is too long`, next: shorten },
  ELOOP: { reason: msg`its symbolic links form a loop`, next: elsewhere },
  EINVAL: { reason: msg`the file system does not allow this name`, next: msg`Choose another name.` },
  ERR_INVALID_ARG_VALUE: {
    reason: msg`this name is not allowed`,
    next: msg`Choose another name.`,
  },
  ENOSPC: { reason: msg`the disk is full`, next: makeRoom },
  EDQUOT: { reason: msg`the disk quota is used up`, next: makeRoom },
  EFBIG: { reason: msg`the file would be larger than allowed`, next: elsewhere },
  EMFILE: { reason: msg`too many files are open`, next: closeSome },
  ENFILE: { reason: msg`too many files are open`, next: closeSome },
  ENOMEM: { reason: msg`there is not enough memory`, next: closeSome },
  EBUSY: { reason: msg`another program is using it`, next: closeSome },
  ETXTBSY: { reason: msg`another program is using it`, next: closeSome },
  EXDEV: { reason: msg`the folder spans two file systems`, next: elsewhere },
  EIO: { reason: msg`the disk or the connection to it fails`, next: again },
  ENXIO: { reason: msg`it is a device that does not answer`, next: again },
  ENODEV: { reason: msg`it is a device that does not answer`, next: again },
  ESTALE: { reason: msg`the disk or the connection to it fails`, next: again },
  ENOTCONN: { reason: msg`the disk or the connection to it fails`, next: again },
  EHOSTDOWN: { reason: msg`the disk or the connection to it fails`, next: again },
  ETIMEDOUT: { reason: msg`the disk or the connection to it fails`, next: again },
};

/** What Node tells of a refusal. */
interface SystemError extends Error {
  readonly code?: string;
  readonly path?: string;
  readonly syscall?: string;
}

/** The system's refusal in words; an error that is not the system's keeps its own. */
export function systemErrorText(cause: unknown): SystemErrorText {
  const { code, message = String(cause) } = cause as Partial<SystemError>;
  const known = code === undefined ? undefined : systemErrors[code];
  if (known !== undefined) return known;
  const reason = /^E[A-Z]+$/.test(code ?? '') ? msg`the system reports ${code ?? ''}` : verbatim(message);
  return { reason, next: elsewhere };
}

/** The code of a system error, such as ENOENT; undefined when it is none. */
export function systemCode(error: unknown): string | undefined {
  return (error as Partial<SystemError> | undefined)?.code;
}

/** Whether what is named is not there. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
}

/** Whether permissions forbid it. */
export function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '');
}

/** Whether the output of a program says that the disk is full, or the quota used up. */
export function isFullDisk(output: string): boolean {
  return /No space left on device|Errno 28|ENOSPC|Disk quota exceeded|Errno 122/.test(output);
}

/** What the system says when it refuses something about a file. */
type FileError = SystemError & { readonly path: string; readonly syscall: string };

/** Whether the system refused something about a file. */
export function isFileError(cause: unknown): cause is FileError {
  if (!(cause instanceof Error)) return false;
  const { path, syscall } = cause as SystemError;
  return typeof path === 'string' && typeof syscall === 'string' && !/^(spawn|connect|listen)/.test(syscall);
}
