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
  | 'recipe-invalid'
  | 'model-missing'
  | 'model-corrupt'
  | 'layer-unknown'
  | 'job-corrupt'
  // a place that cannot be written is bad input as well: another one is to be named
  | 'write-failed'
  // the rest (exit code 1)
  | 'download-failed'
  | 'download-corrupt'
  | 'consent-missing'
  | 'device-unavailable'
  | 'out-of-memory'
  | 'engine-died'
  | 'job-busy'
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
  'recipe-invalid',
  'model-missing',
  'model-corrupt',
  'layer-unknown',
  'job-corrupt',
  'write-failed',
]);

/** An error meant for people: a code, a sentence that names what is wrong, and what to do next. */
export class AtelierError extends Error {
  readonly code: ErrorCode;
  readonly next: string | undefined;

  constructor(code: ErrorCode, sentence: string, options: { next?: string; cause?: unknown } = {}) {
    super(sentence, { cause: options.cause });
    this.name = 'AtelierError';
    this.code = code;
    this.next = options.next;
  }
}

/** An error as it crosses a process boundary. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next?: string;
}

/** Turns anything thrown into a report; unknown errors become `internal` with their own message. */
export function reportError(error: unknown): ErrorReport {
  if (error instanceof AtelierError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.next === undefined ? {} : { next: error.next }),
    };
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** Process exit code for an error: 2 usage, 3 bad input, 130 interrupted, 1 everything else. */
export function exitCode(code: ErrorCode): number {
  if (code === 'usage') return 2;
  if (code === 'interrupted') return 130;
  return badInput.has(code) ? 3 : 1;
}
