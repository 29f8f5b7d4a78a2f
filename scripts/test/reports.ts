import * as fs from 'node:fs';
import * as path from 'node:path';

import type { Outcome } from './outcome';

/** As much of vitest's json report as is read here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** The report of test/vscode/host/index.ts; integration.ts adds a note when there is nothing to run it in. */
type MochaReport = readonly {
  readonly state: 'passed' | 'failed' | 'pending';
  readonly fullTitle?: string;
  readonly error?: string;
  readonly note?: string;
}[];

/** What failed and why, in a line. */
const line = (name: string, message = ''): string => `${name}: ${message.split('\n')[0] ?? ''}`;

/** Reads a report, or nothing when the suite died before it wrote one. */
function read<T>(file: string): T | undefined {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as T) : undefined;
}

/** Every failure of a file in a line; a file that fails outside its tests (an import, a hook) is one failure. */
function failuresOf({
  name,
  status,
  message,
  assertionResults,
}: VitestReport['testResults'][number]): string[] {
  const failed = assertionResults.filter(test => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [line(name, message)] : [];
  return failed.map(({ fullName, failureMessages }) =>
    line(`${path.basename(name)}, ${fullName}`, failureMessages[0]),
  );
}

/** Counts of a vitest run, with a note for every failure. */
export function readVitest(file: string): Outcome | undefined {
  const report = read<VitestReport>(file);
  if (!report) return undefined;
  const notes = report.testResults.flatMap(failuresOf);
  return {
    passed: report.numPassedTests,
    failed: notes.length,
    skipped: report.numPendingTests + report.numTodoTests,
    notes,
  };
}

/** Counts of a run inside the extension host, with a note for every failure. */
export function readMocha(file: string): Outcome | undefined {
  const report = read<MochaReport>(file);
  if (!report) return undefined;
  const count = (state: string): number => report.filter(test => test.state === state).length;
  const notes = report.flatMap(
    ({ state, fullTitle, error, note }) =>
      note ?? (state === 'failed' && fullTitle !== undefined ? line(fullTitle, error) : []),
  );
  return { passed: count('passed'), failed: count('failed'), skipped: count('pending'), notes };
}
