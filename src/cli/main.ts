import { nodeProblem } from '../common/nodeVersion';
import { outliveOutputs, printError } from './reporting/output';

/** How long previews that are being written, and native threads, may take to end after the work. */
const LINGER_MS = 5000;

async function main(): Promise<void> {
  outliveOutputs();
  const problem = nodeProblem(process.versions.node);
  if (problem !== undefined) {
    printError(`atelier: ${problem}\n`);
    process.exitCode = 1;
    return;
  }
  // Loaded when it is known that this Node understands it.
  const { runCommandLine } = await import('./program');
  await runCommandLine(process.argv.slice(2));
  // All work is done and written here. A runtime whose threads do not end must not hold the terminal.
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

void main();
