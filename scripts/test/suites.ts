import * as fs from 'node:fs';
import * as path from 'node:path';

import { repository } from '../../test/e2e/host/installation';
import { describeEnd, runNode, type CommandOptions } from './command';
import { ensureHost, hostSettled } from './host';
import { ensureRedis } from './redis';
import { failure, onePassed, sum, unavailable, type Outcome } from './outcome';
import { readMocha, readVitest } from './reports';
import { Traces } from './traces';

/**
 * Suites of one lane run one after the other; the lanes run beside each other, and take about as long. In a window, and between
 * two processes, much time is spent waiting, which the other lanes use. The first is waited for longest.
 */
export const lanes = ['windows', 'engine', 'sources'] as const;
export type Lane = (typeof lanes)[number];

export interface Suite {
  readonly name: string;
  /** Whether it runs in the test host, which takes minutes to install. */
  readonly needsHost?: boolean;
  /** None for what all others wait for. */
  readonly lane: Lane | undefined;
  /** @param beside whether another suite runs at the same time and shows what it does */
  readonly run: (beside: boolean) => Promise<Outcome>;
}

const bin = (name: string, file: string): string => path.join(repository, 'node_modules', name, file);
const vitest = bin('vitest', 'vitest.mjs');

/** A check that either passes or fails as a whole: one test. */
function check(name: string, lane: Lane | undefined, ...args: string[]): Suite {
  return {
    name,
    lane,
    async run(beside) {
      const result = await runNode(args, { minutes: 10, showAtEnd: beside });
      return result.code === 0 ? onePassed : failure(`${name} ${describeEnd(result, 10)}.`);
    },
  };
}

/** A suite that writes a report, under the eyes of a check for what it leaves behind. */
async function reported(
  name: string,
  args: (report: string) => readonly string[],
  read: (report: string) => Outcome | undefined,
  { minutes, showAtEnd }: Required<Pick<CommandOptions, 'minutes' | 'showAtEnd'>>,
): Promise<Outcome> {
  const report = path.join(repository, 'out', 'test', `${name}.json`);
  fs.rmSync(report, { force: true });
  fs.mkdirSync(path.dirname(report), { recursive: true });
  const traces = new Traces();
  const env = { ...traces.environment, ATELIER_TEST_REPORT: report };
  const result = await runNode(args(report), { env, minutes, showAtEnd });
  const outcome = read(report);
  const left = await traces.check();
  const end = describeEnd(result, minutes);
  if (!outcome) return sum([failure(`${name} ${end} without a report.`), left]);
  // Something outside the tests went wrong: an unhandled error, a crash at the end.
  if (result.code !== 0 && outcome.failed === 0)
    return sum([outcome, failure(`${name} ${end}, although no test failed.`), left]);
  return sum([outcome, left]);
}

const vitestSuite = (name: string, lane: Lane, minutes: number, ...args: string[]): Suite => ({
  name,
  lane,
  run: beside =>
    reported(
      name,
      report => [
        ...[vitest, 'run', ...args],
        ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ],
      readVitest,
      { minutes, showAtEnd: beside },
    ),
});

/** A suite that needs the test host: skipped, or under CI failed, with a sentence when there can be none. */
const hosted = ({ name, lane, run }: Suite): Suite => ({
  name,
  lane,
  needsHost: true,
  async run(beside) {
    const missing = await ensureHost();
    return missing === undefined ? run(beside) : unavailable(`${name}: ${missing}`);
  },
});

/** A suite some of whose tests need Redis: those are skipped, or under CI failed, with a sentence when there can be none. */
const withRedis = (suite: Suite): Suite => ({
  ...suite,
  async run(beside) {
    const missing = await ensureRedis();
    const outcome = await suite.run(beside);
    return missing === undefined ? outcome : sum([outcome, unavailable(`Redis: ${missing}`)]);
  },
});

const e2e = ['--config', 'test/e2e/vitest.config.mts', '--project'];

/** In the order in which they run in their lanes. */
export const suites: readonly Suite[] = [
  check('build', undefined, 'esbuild.mjs'),
  check('types', 'sources', 'scripts/types.mjs'),
  check('lint', 'sources', bin('oxlint', 'bin/oxlint')),
  check('walls', 'sources', 'scripts/walls.mjs'),
  check('format', 'sources', bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
  vitestSuite('unit', 'sources', 10, '--project', 'unit*'),
  withRedis(vitestSuite('engine', 'engine', 40, '--project', 'engine')),
  {
    name: 'vscode',
    lane: 'sources',
    async run(beside) {
      // Where it runs in desktop VS Code it needs no test host, but two installations at once would be in each other's way.
      await hostSettled();
      const options = { minutes: 15, showAtEnd: beside };
      return reported('vscode', () => ['out/test/runner/integration.js'], readMocha, options);
    },
  },
  hosted(vitestSuite('pages', 'sources', 20, ...e2e, 'pages')),
  check('package', 'windows', 'scripts/package.mjs', '--if-changed'),
  hosted(vitestSuite('e2e', 'windows', 60, ...e2e, 'windows')),
];
