const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Has `stop` called on Ctrl-C, or when the terminal or the system asks the program to end; the second time it ends at
 * once.
 * @returns what ends the listening
 */
export function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const listener = () => {
    if (asked) process.exit(130);
    asked = true;
    stop();
  };
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}
