import { exitCode, reportError, type ErrorReport } from '../errors';

/** Prints what went wrong and what to do about it, and sets the exit code. */
export function fail(error: unknown): ErrorReport {
  const report = reportError(error);
  process.stderr.write(`atelier: ${report.message}\n`);
  if (report.next !== undefined) process.stderr.write(`  ${report.next}\n`);
  process.exitCode = exitCode(report.code);
  return report;
}
