import { endRunningCommands } from './command';
import { ensureHost } from './host';
import { counts, failure, sum, type Outcome } from './outcome';
import { suites, type Suite } from './suites';

/** Suites that look at what the build made. */
const needBuild = ['package', 'vscode', 'e2e'];

async function runOne(suite: Suite): Promise<Outcome> {
  const started = Date.now();
  console.log(`\n── ${suite.name} ──`);
  let outcome: Outcome;
  try {
    outcome = await suite.run();
  } catch (error) {
    outcome = failure(`${suite.name}: ${String(error)}`);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  for (const note of outcome.notes) console.log(note);
  console.log(`${suite.name}: ${counts(outcome)} (${seconds} s)`);
  return outcome;
}

/**
 * Runs all suites, or those named, and prints the sum of their tests as its last line.
 * @returns the exit code: 0 when nothing failed, 2 for an unknown suite
 */
export async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter(name => !suites.some(suite => suite.name === name));
  if (unknown.length > 0) {
    const known = suites.map(({ name }) => name).join(', ');
    console.error(`Unknown suite ${unknown.join(', ')}; there are ${known}.`);
    return 2;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void endRunningCommands().then(() => process.exit(130)));

  const wanted = suites.filter(
    ({ name }) => names.length === 0 || names.includes(name) || (name === 'build' && !onlyChecks(names)),
  );
  // The suites before those that need it do not wait for the installation.
  if (wanted.some(({ needsHost }) => needsHost)) void ensureHost();
  const outcomes: Outcome[] = [];
  const lines: string[] = [];
  let built = true;
  for (const suite of wanted) {
    const outcome: Outcome =
      built || !needBuild.includes(suite.name)
        ? await runOne(suite)
        : failure(`${suite.name} was not run: nothing was built.`);
    if (suite.name === 'build') built = outcome.failed === 0;
    outcomes.push(outcome);
    lines.push(`${suite.name.padEnd(8)} ${counts(outcome)}`, ...outcome.notes.map(note => `  ${note}`));
  }
  const total = sum(outcomes);
  console.log(`\n${lines.join('\n')}\n\n${counts(total)}`);
  return total.failed > 0 ? 1 : 0;
}

/** Types, lint and format look at the sources alone; everything else wants bundles that are up to date. */
const onlyChecks = (names: readonly string[]): boolean =>
  names.every(name => ['types', 'lint', 'format'].includes(name));
