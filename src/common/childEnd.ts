import type { ChildProcess } from 'node:child_process';

/** What a child has started may keep its outputs open; its own last words are there by then, in milliseconds. */
const OUTPUT_GRACE_MS = 1000;

/**
 * Calls back once when a child process is over: with its outputs read to their end, or a moment after its exit where
 * something else keeps them open, or at once when it could not be started, which has no exit.
 * @param end `failure`: why it could not be started
 */
export function onceEnded(
  child: ChildProcess,
  end: (code: number | null, signal: NodeJS.Signals | null, failure?: Error) => void,
): void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const once: typeof end = (...how) => {
    clearTimeout(timer);
    if (!isOver) end(...how);
    isOver = true;
  };
  // Also of messages that could not be sent, which end nothing.
  child.on('error', error => {
    if (child.pid === undefined) once(null, null, error);
  });
  child.once('close', (code, signal) => once(code, signal));
  child.once('exit', (code, signal) => {
    timer = setTimeout(() => once(code, signal), OUTPUT_GRACE_MS);
  });
}
