import { spawn } from 'node:child_process';

import { endGroup } from '../../test/e2e/host/processes';

export interface CommandResult {
  /** Exit code; null when a signal ended the program. */
  readonly code: number | null;
  readonly timedOut: boolean;
}

let running: number | undefined;

/** Ends the command that runs now, with everything it started. */
export async function endRunningCommand(): Promise<void> {
  if (running !== undefined) await endGroup(running);
}

/**
 * Runs a Node program in a process group of its own, its output going where ours goes.
 * @param args the script's path and its arguments, or options of Node before them
 * @param minutes after which the whole group is ended
 */
export async function runNode(
  args: readonly string[],
  { env = {}, minutes }: { env?: NodeJS.ProcessEnv; minutes: number },
): Promise<CommandResult> {
  const child = spawn(process.execPath, args, {
    // On Windows this would open a window.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  running = child.pid;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void endRunningCommand();
  }, minutes * 60_000);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('exit', resolve);
    });
    return { code, timedOut };
  } finally {
    clearTimeout(timer);
    running = undefined;
  }
}

/** In words, how a command ended that should have ended with 0. */
export function describeEnd({ code, timedOut }: CommandResult, minutes: number): string {
  if (timedOut) return `was ended after ${minutes} minutes`;
  return code === null ? 'was killed' : `ended with exit code ${code}`;
}
