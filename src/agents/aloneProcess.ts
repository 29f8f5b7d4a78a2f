import { fork, type ChildProcess } from 'node:child_process';
import { AtelierError, type ErrorReport } from '../common/errors';
import { onceEnded } from '../common/childEnd';
import { msg } from '../common/messages';
import { resourcePath } from '../common/resources';
import { explainCrash } from '../engine/process/crash';

/** How the engine's program is started to do one thing. */
export interface AloneStart {
  readonly argument: string;
  /** Its first message. */
  readonly request: object;
  /** Whether it may live on without this process. */
  readonly detached: boolean;
  /** Another Node than the one that runs this. */
  readonly execPath?: string | undefined;
}

const STDERR_TAIL = 4096;

/**
 * Starts the engine's program to do one thing and waits for its first answer.
 * @param signal gives it up
 * @returns the answer, and the process, which may go on
 * @throws the error that it answers with, that of its crash, or `interrupted`
 */
export async function startAlone<Reply extends object>(
  { argument, request, detached, execPath = process.execPath }: AloneStart,
  signal: AbortSignal,
): Promise<{ readonly reply: Reply; readonly child: ChildProcess }> {
  const child = fork(resourcePath('dist/engine.js'), [argument], {
    execPath,
    // A debugger's port, for one, is taken already.
    execArgv: [],
    // Electron's binary is then Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    // Who lives on has nobody to write to.
    stdio: ['ignore', 'ignore', detached ? 'ignore' : 'pipe', 'ipc'],
    detached,
  });
  const giveUp = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const reply = await firstReply<Reply>(child, request);
    return { reply, child };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AtelierError('interrupted', msg`It timed out.`, {
      next: msg`Choose a smaller size, or smaller images.`,
    });
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function firstReply<Reply extends object>(child: ChildProcess, request: object): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let words = '';
    child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (words = (words + text).slice(-STDERR_TAIL)));
    child.once('message', message => {
      const { error } = message as { readonly error?: ErrorReport };
      if (error === undefined) resolve(message as Reply);
      else reject(AtelierError.of(error));
    });
    onceEnded(child, (code, signal, failure) =>
      reject(AtelierError.of(explainCrash(code, signal, words, failure))),
    );
    // What cannot be sent is told by the end of the process.
    child.send(request, () => undefined);
  });
}
