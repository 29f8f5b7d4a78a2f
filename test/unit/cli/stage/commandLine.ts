import { vi } from 'vitest';
import { runCommandLine } from '../../../../src/cli/program';

/** How a command line ended, and what it said. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process: one start of the program for many of them. */
export async function commandLine(...argv: readonly string[]): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map(name =>
    vi.spyOn(process[name], 'write').mockImplementation((text, ...rest: unknown[]) => {
      said[name] += String(text);
      const done = rest.find(one => typeof one === 'function') as (() => void) | undefined;
      done?.();
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await runCommandLine(argv);
    return { ...said, code: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
