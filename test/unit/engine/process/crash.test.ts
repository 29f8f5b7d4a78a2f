import { describe, expect, it } from 'vitest';
import { CrashCount, explainCrash } from '../../../../src/engine/process/crash';

describe('the death of an engine', () => {
  it('is too much five times within a minute', () => {
    const count = new CrashCount();
    expect([0, 1, 2, 3].map(second => count.add(second * 1000))).toEqual([false, false, false, false]);
    expect(count.add(4000)).toBe(true);
    const slow = new CrashCount();
    expect([0, 1, 2, 3, 4, 5].map(n => slow.add(n * 16_000))).toEqual(Array(6).fill(false));
    count.forget();
    expect(count.add(5000)).toBe(false);
  });

  it.each([
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n 1: 0xb7a940',
    "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc",
    'Error: Failed to allocate memory for requested buffer of size 1048576000',
  ])('for want of memory is called that: %s', stderr => {
    const report = explainCrash(134, null, stderr);
    expect(report.code).toBe('out-of-memory');
    expect(report.next).toContain('smaller size');
  });

  it('by a kill hints at the system', () => {
    const report = explainCrash(null, 'SIGKILL', '');
    expect(report.message).toBe('The engine process stopped unexpectedly (signal SIGKILL).');
    expect(report.next).toContain('ran out of memory');
  });

  it('quotes the line that says why', () => {
    const stderr =
      "node:internal/modules\n  throw err;\n\nError: Cannot find module '/x.js'\n    at a (b:1)\n\nNode.js v20.1.0\n";
    expect(explainCrash(1, null, stderr).message).toBe(
      "The engine process stopped unexpectedly (exit code 1): Error: Cannot find module '/x.js'.",
    );
  });

  it('before birth names the program', () => {
    const report = explainCrash(null, null, '', new Error('spawn /no/node ENOENT'));
    expect(report.message).toBe('The engine could not be started: spawn /no/node ENOENT.');
    expect(report.next).toContain('atelier.node');
  });
});
