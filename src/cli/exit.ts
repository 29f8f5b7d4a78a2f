import { exitCode, reportError, type ErrorReport } from '../errors';
import { advised } from './wording';

/** Prints what went wrong and what to do about it, and sets the exit code. */
export function failWith({ code, message, next, explanation }: ErrorReport): void {
  process.stderr.write(`atelier: ${message}\n`);
  const advice = explanation?.next === undefined ? next : advised(explanation.next);
  if (advice !== undefined) process.stderr.write(`  ${advice}\n`);
  process.exitCode = exitCode(code);
}

/** `failWith` for anything thrown. */
export function fail(error: unknown): void {
  failWith(reportError(error));
}
