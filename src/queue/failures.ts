import { exitCode, type ErrorCode } from '../common/errors';

/** Bad input by its code, which may be better at another time or on another machine. */
const elsewhere: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'write-failed',
  'model-missing',
  'model-corrupt',
]);

/** Whether to try again is in vain: the painting itself is at fault. */
export function isFinal(code: ErrorCode): boolean {
  const kind = exitCode(code);
  return (kind === 2 || kind === 3) && !elsewhere.has(code);
}

/** A painting is tried so many times before it has failed for good. */
export const ATTEMPTS = 3;
