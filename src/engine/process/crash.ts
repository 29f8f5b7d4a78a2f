import { AtelierError, reportOf, type ErrorReport } from '../../common/errors';
import { isOutOfMemory } from '../../common/outOfMemory';
import { msg } from '../../common/messages';

/** Crashes within `WINDOW_MS` after which an engine is not started again. */
const MAX_CRASHES = 5;
const WINDOW_MS = 60_000;

/** Counts the crashes of a process within the last minute. */
export class CrashCount {
  private times: number[] = [];

  /** @returns whether it has died too often */
  add(now: number): boolean {
    this.times = [...this.times.filter(time => now - time < WINDOW_MS), now];
    return this.times.length >= MAX_CRASHES;
  }

  forget(): void {
    this.times = [];
  }
}

/** Why an engine process ended, as a sentence with what to do, from its exit and the end of what it wrote. */
export function explainCrash(
  code: number | null,
  signal: NodeJS.Signals | null,
  stderr: string,
  failure?: Error,
): ErrorReport {
  if (failure !== undefined) {
    return reportOf('engine-died', {
      message: msg`The engine could not be started: ${failure.message}.`,
      next: msg`If atelier.node is set, check that it names a Node.js.`,
    });
  }
  if (isOutOfMemory(stderr)) {
    return reportOf('out-of-memory', {
      message: msg`The engine ran out of memory.`,
      next: msg`Choose a smaller size, or close other programs.`,
    });
  }
  const how = signal === null ? msg`exit code ${code === null ? '?' : String(code)}` : msg`signal ${signal}`;
  const words = lastErrorLine(stderr);
  return reportOf('engine-died', {
    message:
      words === ''
        ? msg`The engine process stopped unexpectedly (${how}).`
        : msg`The engine process stopped unexpectedly (${how}): ${words}.`,
    ...(signal === 'SIGKILL'
      ? { next: msg`Unless someone ended it, the system ran out of memory: choose a smaller size.` }
      : {}),
  });
}

/** The line of stderr that says what happened: that of an error if there is one, else the last. */
function lastErrorLine(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('at ') && !line.startsWith('Node.js v'));
  const words = lines.findLast(line => /error|abort|terminate|fatal/i.test(line)) ?? lines.at(-1) ?? '';
  return words.slice(0, 300).replace(/\.$/, '');
}

/** An engine is asked that died too often. */
export function brokenError(): AtelierError {
  return new AtelierError('engine-died', msg`The engine crashed repeatedly and is not running.`, {
    next: msg`See the log for the reason, then restart it.`,
  });
}

/** The crash after which an engine is not started again. */
export function reportBroken(error: ErrorReport): ErrorReport {
  const { message, next } = AtelierError.of(error).explanation;
  return reportOf(error.code, {
    message: msg`The engine crashed ${MAX_CRASHES} times within a minute and was not restarted. ${message}`,
    next: next ?? msg`See the log for the reason, then restart it.`,
  });
}
