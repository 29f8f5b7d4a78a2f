import * as fs from 'node:fs';

import type { Outcome } from './outcome';

/** As much of vitest's json report as is read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** The report of test/vscode/host/index.ts; integration.ts adds a note when there is nothing to run it in. */
type MochaReport = readonly { readonly state: 'passed' | 'failed' | 'pending'; readonly note?: string }[];

/** Reads a report, or nothing when the suite died before it wrote one. */
function read<T>(file: string): T | undefined {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as T) : undefined;
}

/** Counts of a vitest run; a file that fails outside its tests (an import, a hook) is one failure more. */
export function readVitest(file: string): Outcome | undefined {
  const report = read<VitestReport>(file);
  if (!report) return undefined;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some(test => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    notes: broken.map(({ name, message }) => `${name}: ${message.split('\n')[0] ?? ''}`),
  };
}

/** Counts of a run inside the extension host. */
export function readMocha(file: string): Outcome | undefined {
  const report = read<MochaReport>(file);
  if (!report) return undefined;
  const count = (state: string): number => report.filter(test => test.state === state).length;
  const notes = report.flatMap(({ note }) => note ?? []);
  return { passed: count('passed'), failed: count('failed'), skipped: count('pending'), notes };
}
