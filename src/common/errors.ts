import { formatMessage, msg, verbatim, type Message } from './messages';
import { isFileError, systemErrorText } from './systemErrors';

/** What went wrong, as a stable code. Exit codes and localized sentences hang on these. */
export type ErrorCode =
  // bad input (exit code 3)
  | 'file-missing'
  | 'file-unreadable'
  | 'image-empty'
  | 'image-unsupported'
  | 'image-corrupt'
  | 'image-too-large'
  | 'image-too-small'
  | 'mask-unusable'
  | 'recipe-invalid'
  | 'model-missing'
  | 'model-corrupt'
  | 'layer-unknown'
  | 'job-corrupt'
  // what a run was begun with is another now
  | 'source-changed'
  // a place that cannot be written is bad input as well: another one is to be named
  | 'write-failed'
  // the rest (exit code 1)
  | 'download-failed'
  | 'download-corrupt'
  | 'consent-missing'
  | 'queue-unreachable'
  | 'device-unavailable'
  | 'out-of-memory'
  | 'engine-died'
  | 'job-busy'
  | 'untrusted'
  | 'diverged'
  | 'internal'
  // usage (exit code 2) and interruption (exit code 130)
  | 'usage'
  | 'interrupted';

const badInput: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'file-missing',
  'file-unreadable',
  'image-empty',
  'image-unsupported',
  'image-corrupt',
  'image-too-large',
  'image-too-small',
  'mask-unusable',
  'recipe-invalid',
  'model-missing',
  'model-corrupt',
  'layer-unknown',
  'job-corrupt',
  'source-changed',
  'write-failed',
]);

/** What people are told: what is wrong, and what to do next. */
export interface Explanation {
  readonly message: Message;
  readonly next?: Message;
}

/** An error meant for people: a code, a sentence that names what is wrong, and what to do next. */
export class AtelierError extends Error {
  readonly code: ErrorCode;
  readonly explanation: Explanation;

  constructor(code: ErrorCode, message: Message, options: { next?: Message; cause?: unknown } = {}) {
    super(formatMessage(message), { cause: options.cause });
    this.name = 'AtelierError';
    this.code = code;
    this.explanation = { message, ...(options.next === undefined ? {} : { next: options.next }) };
  }

  /** The error that another process, or a job's folder, reported. */
  static of({ code, message, explanation }: ErrorReport): AtelierError {
    const { message: sentence, ...next } = explanation ?? { message: verbatim(message) };
    return new AtelierError(code, sentence, next);
  }

  /** What to do next, in English. */
  get next(): string | undefined {
    const { next } = this.explanation;
    return next === undefined ? undefined : formatMessage(next);
  }
}

/** An error as it crosses a process boundary, in English and in a form that can be translated. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next?: string;
  /** Absent where the message is not a sentence of ours. */
  readonly explanation?: Explanation;
}

/** The report of an error that nobody has thrown. */
export function reportOf(code: ErrorCode, explanation: Explanation): ErrorReport {
  const { message, next } = explanation;
  return {
    code,
    message: formatMessage(message),
    ...(next === undefined ? {} : { next: formatMessage(next) }),
    explanation,
  };
}

/**
 * Turns anything thrown into a report: a refusal of the system that nobody has named becomes a sentence about its file,
 * everything else that is unknown `internal` with its own message.
 */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof AtelierError) return reportOf(error.code, error.explanation);
  if (isFileError(error)) {
    const { reason: message, next } = systemErrorText(error);
    return reportOf(changes.test(error.syscall) ? 'write-failed' : 'file-unreadable', {
      message: msg`${error.path}: ${message}.`,
      next,
    });
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** Calls of the system that change something. */
const changes = /^(mkdir|rename|link|symlink|unlink|rmdir|rm|write|copyfile|ftruncate|fsync|chmod|utime)/;

/** Anything thrown as what people are told. */
export function explain(error: unknown): Explanation {
  const { message, explanation } = reportError(error);
  return explanation ?? { message: verbatim(message) };
}

/** Process exit code for an error: 2 usage, 3 bad input, 130 interrupted, 1 everything else. */
export function exitCode(code: ErrorCode): number {
  if (code === 'usage') return 2;
  if (code === 'interrupted') return 130;
  return badInput.has(code) ? 3 : 1;
}
