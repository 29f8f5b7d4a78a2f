import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { counts, failure, onePassed, sum } from '../../../scripts/test/outcome';
import { readMocha, readVitest } from '../../../scripts/test/reports';

describe('Reports of test suites', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-reports-'));
    file = path.join(folder, 'report.json');
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const write = (report: unknown): void => {
    fs.writeFileSync(file, JSON.stringify(report));
  };

  it('are nothing when a suite died before it wrote one', () => {
    expect(readVitest(file)).toBeUndefined();
    expect(readMocha(file)).toBeUndefined();
  });

  it('of vitest count a file that broke outside its tests as one failure, and name what failed', () => {
    write({
      numPassedTests: 4,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        {
          ...{ name: '/test/a.test.ts', status: 'failed', message: '' },
          assertionResults: [
            { status: 'passed', fullName: 'Paint dries', failureMessages: [] },
            { status: 'failed', fullName: 'Paint sticks', failureMessages: ['expected 1 to be 2\nat a:1'] },
          ],
        },
        { name: 'c', status: 'passed', message: '', assertionResults: [] },
        { name: 'b', status: 'failed', message: 'no such module\nstack', assertionResults: [] },
      ],
    });
    const outcome = readVitest(file);
    const notes = ['a.test.ts, Paint sticks: expected 1 to be 2', 'b: no such module'];
    expect(outcome).toEqual({ passed: 4, failed: 2, skipped: 3, notes });
  });

  it('of mocha count states, and name what failed, and carry the reason why nothing ran', () => {
    write([
      { state: 'passed' },
      { state: 'passed' },
      { state: 'failed', fullTitle: 'Paint sticks', error: 'Error: it fell\nat a:1' },
      { state: 'pending', note: 'no host' },
    ]);
    const notes = ['Paint sticks: Error: it fell', 'no host'];
    expect(readMocha(file)).toEqual({ passed: 2, failed: 1, skipped: 1, notes });
  });

  it('add up to the last line', () => {
    const total = sum([onePassed, failure('broken'), { passed: 5, failed: 0, skipped: 3, notes: [] }]);
    expect(counts(total)).toBe('6 passed, 1 failed, 3 skipped');
    expect(total.notes).toEqual(['broken']);
  });
});
