import { exitCode, reportError, type ErrorReport } from '../../common/errors';
import { printError } from './output';
import { adviceText, terminalText } from './wording';

/** Prints what went wrong and what to do about it, and sets the exit code. */
export function failWith({ code, message, next, explanation }: ErrorReport): void {
  printError(`atelier: ${explanation === undefined ? message : terminalText(explanation.message)}\n`);
  const advice = explanation?.next === undefined ? next : adviceText(explanation.next);
  if (advice !== undefined) printError(`  ${advice}\n`);
  process.exitCode = exitCode(code);
}

/** `failWith` for anything thrown. */
export function fail(error: unknown): void {
  failWith(reportError(error));
}
