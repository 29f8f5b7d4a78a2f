const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Signals closer than this are one request: npm passes on what the terminal has sent already. */
const ECHO_MS = 1000;

/**
 * Has `stop` called on Ctrl-C, or when the terminal or the system asks the program to end; the second time it ends at
 * once.
 * @returns what ends the listening
 */
export function onInterrupt(stop: () => void): () => void {
  let askedAt: number | undefined;
  const listener = () => {
    if (askedAt !== undefined && performance.now() - askedAt > ECHO_MS) process.exit(130);
    askedAt ??= performance.now();
    stop();
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}
