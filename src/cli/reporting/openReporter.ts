import { JsonReporter } from './jsonReporter';
import { PlainReporter } from './plainReporter';
import { print } from './output';
import type { Reporter } from './reporter';

/** A bar on a terminal, plain lines elsewhere, JSON lines for scripts. */
export async function openReporter(folder: string, json: boolean): Promise<Reporter> {
  if (json) return new JsonReporter(print);
  if (!process.stdout.isTTY) return new PlainReporter(print);
  const { TerminalReporter } = await import('./terminalReporter');
  return new TerminalReporter(folder);
}
