import { exitCode, reportError, type ErrorReport } from '../errors';

/** Prints what went wrong and what to do about it, and sets the exit code. */
export function failWith({ code, message, next }: ErrorReport): void {
  process.stderr.write(`atelier: ${message}\n`);
  if (next !== undefined) process.stderr.write(`  ${next}\n`);
  process.exitCode = exitCode(code);
}

/** `failWith` for anything thrown. */
export function fail(error: unknown): void {
  failWith(reportError(error));
}
