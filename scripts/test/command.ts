import { spawn } from 'node:child_process';

import { endGroup } from '../../test/e2e/host/processes';

export interface CommandResult {
  /** Exit code; null when a signal ended the program. */
  readonly code: number | null;
  readonly timedOut: boolean;
  /** What it wrote there, where that was asked for. */
  readonly stderr: string;
}

const running = new Set<number>();

/** Ends the commands that run now, with everything they started. */
export async function endRunningCommands(): Promise<void> {
  await Promise.all([...running].map(endGroup));
}

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** After which the whole group is ended. */
  readonly minutes: number;
  /** Keeps what is written to stderr for the result, in the place of showing it. */
  readonly keepStderr?: boolean;
  /** Keeps whatever it writes, and shows it when it has ended: for what runs beside something that is shown. */
  readonly showAtEnd?: boolean;
}

/**
 * Runs a Node program in a process group of its own, its output going where ours goes.
 * @param args the script's path and its arguments, or options of Node before them
 */
export async function runNode(
  args: readonly string[],
  { env = {}, minutes, keepStderr = false, showAtEnd = false }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(process.execPath, args, {
    // On Windows this would open a window.
    detached: process.platform !== 'win32',
    stdio: ['ignore', showAtEnd ? 'pipe' : 'inherit', keepStderr || showAtEnd ? 'pipe' : 'inherit'],
    env: { ...process.env, ...env },
  });
  const { pid } = child;
  if (pid !== undefined) running.add(pid);
  let stderr = '';
  let shown = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (shown += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (keepStderr) stderr += text;
    else shown += text;
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    if (pid !== undefined) void endGroup(pid);
  }, minutes * 60_000);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    return { code, timedOut, stderr };
  } finally {
    clearTimeout(timer);
    if (pid !== undefined) running.delete(pid);
    process.stdout.write(shown);
  }
}

/** In words, how a command ended that should have ended with 0. */
export function describeEnd({ code, timedOut }: CommandResult, minutes: number): string {
  if (timedOut) return `was ended after ${minutes} minutes`;
  return code === null ? 'was killed' : `ended with exit code ${code}`;
}
