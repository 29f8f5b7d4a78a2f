import { reportError, type ErrorReport } from '../../common/errors';
import { errorReport } from '../../protocol/errorReport';

/**
 * Why a painting failed, as a queue keeps it: JSON.
 * @param named puts names that people know into a sentence
 */
export function writeFailure(thrown: unknown, named: (sentence: string) => string): string {
  const { code, message, next } = reportError(thrown);
  return JSON.stringify({ code, message: named(message), ...(next === undefined ? {} : { next }) });
}

/** Reads it; what others have written is their own sentence. */
export function readFailure(reason: string | undefined): ErrorReport {
  try {
    const parsed = errorReport.safeParse(JSON.parse(reason ?? ''));
    if (parsed.success) return parsed.data;
  } catch {
    // A sentence of the library.
  }
  return { code: 'internal', message: reason ?? 'unknown' };
}
