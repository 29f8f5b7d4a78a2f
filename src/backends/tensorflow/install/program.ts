import { spawn } from 'node:child_process';
import { onceEnded } from '../../../common/childEnd';

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the program. */
  readonly signal?: AbortSignal;
  /** Told every complete line of its standard output. */
  readonly onLine?: (line: string) => void;
  /** Milliseconds after which it is ended. */
  readonly timeout?: number;
}

export interface ProgramResult {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  /** Both outputs as they came, the last 64 kB. */
  readonly output: string;
}

const TAIL = 64 * 1024;
/** How long a program may take to end after it was asked to, in milliseconds. */
const TIMEOUT_MS = 5000;

/**
 * Runs a program to its end, without a shell.
 * @throws the system's error (ENOENT, EACCES …) when it cannot be started; a program that fails is no error
 */
export function runProgram(
  file: string,
  args: readonly string[],
  { env, signal, onLine, timeout }: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: env ?? process.env,
      windowsHide: true,
    });
    let output = '';
    let line = '';
    const keep = (text: string): void => void (output = (output + text).slice(-TAIL));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      keep(text);
      const lines = (line + text).split('\n');
      line = lines.pop() ?? '';
      lines.forEach(each => onLine?.(each));
    });
    child.stderr.setEncoding('utf8').on('data', keep);
    // One that does not listen is not asked again.
    const end = (): void => {
      child.kill();
      setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS).unref();
    };
    // Node's own option leaves its timer running when the program cannot be started, and the process waits for it.
    const timer = timeout === undefined ? undefined : setTimeout(end, timeout);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    onceEnded(child, (code, _, failure) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      if (failure === undefined) resolve({ code, output });
      else reject(failure);
    });
  });
}
