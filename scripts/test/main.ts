import { endRunningCommands } from './command';
import { ensureHost } from './host';
import { counts, failure, sum, type Outcome } from './outcome';
import { lanes, suites, type Lane, type Suite } from './suites';

/** Suites that look at what the build made. */
const needBuild = ['package', 'vscode', 'pages', 'e2e'];

interface Result {
  readonly name: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

async function runOne(suite: Suite, beside: boolean): Promise<Result> {
  const { name } = suite;
  const started = performance.now();
  console.log(`\n── ${name} ──`);
  let outcome: Outcome;
  try {
    outcome = await suite.run(beside);
  } catch (error) {
    outcome = failure(`${name}: ${String(error)}`);
  }
  const seconds = (performance.now() - started) / 1000;
  for (const note of outcome.notes) console.log(note);
  console.log(`${name}: ${counts(outcome)} (${seconds.toFixed(1)} s)`);
  return { name, outcome, seconds };
}

/** Runs suites one after the other. */
async function runLane(lane: readonly Suite[], built: boolean, beside: boolean): Promise<Result[]> {
  const results: Result[] = [];
  for (const suite of lane) {
    const { name } = suite;
    if (built || !needBuild.includes(name)) results.push(await runOne(suite, beside));
    else results.push({ name, outcome: failure(`${name} was not run: nothing was built.`), seconds: 0 });
  }
  return results;
}

/** What each suite brought, and how long it took. */
const table = (results: readonly Result[]): string =>
  results
    .flatMap(({ name, outcome, seconds }) => [
      `${name.padEnd(8)} ${seconds.toFixed(0).padStart(5)} s  ${counts(outcome)}`,
      ...outcome.notes.map(note => `  ${note}`),
    ])
    .join('\n');

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
  const started = performance.now();
  const inLane = (lane: Lane | undefined): Suite[] => wanted.filter(suite => suite.lane === lane);
  const first = await runLane(inLane(undefined), true, false);
  const built = first.every(({ outcome }) => outcome.failed === 0);
  const filled = lanes.map(inLane).filter(lane => lane.length > 0);
  // What is waited for longest is shown as it runs.
  const rest = await Promise.all(filled.map((lane, at) => runLane(lane, built, at > 0)));
  const results = [...first, ...rest.flat()];
  const total = sum(results.map(({ outcome }) => outcome));
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${table(results)}\n${'all'.padEnd(8)} ${seconds.padStart(5)} s\n\n${counts(total)}`);
  return total.failed > 0 ? 1 : 0;
}

/** Types, lint and format look at the sources alone; everything else wants bundles that are up to date. */
const onlyChecks = (names: readonly string[]): boolean =>
  names.every(name => ['types', 'lint', 'format'].includes(name));
