import { outliveOutputs } from './output';
import { runCommandLine } from './program';

/** How long previews that are being written, and native threads, may take to end after the work. */
const LINGER_MS = 5000;

async function main(): Promise<void> {
  outliveOutputs();
  await runCommandLine(process.argv.slice(2));
  // All work is done and written here. A runtime whose threads do not end must not hold the terminal.
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

void main();
