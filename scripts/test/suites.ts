import * as fs from 'node:fs';
import * as path from 'node:path';

import { repository } from '../../test/e2e/host/installation';
import { describeEnd, runNode } from './command';
import { ensureHost, hostSettled } from './host';
import { failure, onePassed, sum, unavailable, type Outcome } from './outcome';
import { readMocha, readVitest } from './reports';
import { Traces } from './traces';

export interface Suite {
  readonly name: string;
  /** Whether it runs in the test host, which takes minutes to install. */
  readonly needsHost?: boolean;
  readonly run: () => Promise<Outcome>;
}

const bin = (name: string, file: string): string => path.join(repository, 'node_modules', name, file);
const tsc = bin('typescript', 'bin/tsc');
const vitest = bin('vitest', 'vitest.mjs');

/** A check that either passes or fails as a whole: one test. */
function check(name: string, ...args: string[]): Suite {
  return {
    name,
    async run() {
      const result = await runNode(args, { minutes: 10 });
      return result.code === 0 ? onePassed : failure(`${name} ${describeEnd(result, 10)}.`);
    },
  };
}

/** A suite that writes a report, under the eyes of a check for what it leaves behind. */
async function reported(
  name: string,
  args: (report: string) => readonly string[],
  read: (report: string) => Outcome | undefined,
  minutes: number,
): Promise<Outcome> {
  const report = path.join(repository, 'out', 'test', `${name}.json`);
  fs.rmSync(report, { force: true });
  fs.mkdirSync(path.dirname(report), { recursive: true });
  const traces = new Traces();
  const env = { ...traces.environment, ATELIER_TEST_REPORT: report };
  const result = await runNode(args(report), { env, minutes });
  const outcome = read(report);
  const left = await traces.check();
  const end = describeEnd(result, minutes);
  if (!outcome) return sum([failure(`${name} ${end} without a report.`), left]);
  // Something outside the tests went wrong: an unhandled error, a crash at the end.
  if (result.code !== 0 && outcome.failed === 0)
    return sum([outcome, failure(`${name} ${end}, although no test failed.`), left]);
  return sum([outcome, left]);
}

const vitestSuite = (name: string, minutes: number, ...args: string[]): Suite => ({
  name,
  run: () =>
    reported(
      name,
      report => [
        ...[vitest, 'run', ...args],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ],
      readVitest,
      minutes,
    ),
});

/** A suite that needs a real VS Code: skipped, or under CI failed, with a sentence when there can be none. */
const hosted = ({ name, run }: Suite): Suite => ({
  name,
  needsHost: true,
  async run() {
    const missing = await ensureHost();
    return missing === undefined ? run() : unavailable(`${name}: ${missing}`);
  },
});

const typesOf = (project: string): Suite => check('types', tsc, '-p', project, '--noEmit');

const types: Suite = {
  name: 'types',
  async run() {
    const outcomes: Outcome[] = [];
    for (const project of [
      '.',
      'src/webview',
      'test/vscode',
      'test/e2e',
      'bench/workbench',
      'scripts/readme',
    ])
      outcomes.push(await typesOf(project).run());
    return sum(outcomes);
  },
};

/** In the order in which they run. */
export const suites: readonly Suite[] = [
  check('build', 'esbuild.mjs'),
  types,
  check('lint', bin('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0'),
  check('format', bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
  vitestSuite('unit', 10, '--project', 'unit'),
  vitestSuite('engine', 40, '--project', 'engine'),
  check('package', 'scripts/package.mjs', '--if-changed'),
  {
    name: 'vscode',
    async run() {
      // Where it runs in desktop VS Code it needs no test host, but two installations at once would be in each other's way.
      await hostSettled();
      return reported('vscode', () => ['out/test/runner/integration.js'], readMocha, 15);
    },
  },
  hosted(vitestSuite('e2e', 60, '--config', 'test/e2e/vitest.config.mts')),
];
