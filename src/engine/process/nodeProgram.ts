import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { AtelierError } from '../../common/errors';
import { nodeProblem, OLDEST_NODE } from '../../common/nodeVersion';
import { msg } from '../../common/messages';

/** Time for an answer, in milliseconds: a cold disk on a busy machine takes seconds. */
const TIMEOUT_MS = 30_000;
/** Bytes of an answer: a version has about ten. */
const LONGEST_ANSWER = 1000;

/**
 * Asks a program whether it is a Node.js that the engine runs on.
 * @param program absolute path
 * @throws `engine-died` when it is another program, or an older Node.js than the packages need
 */
export async function requireNode(program: string): Promise<void> {
  const version = await versionOf(program);
  const next = msg`Set atelier.node to another Node.js, or clear it.`;
  if (version === undefined) throw new AtelierError('engine-died', msg`${program} is not Node.js.`, { next });
  if (nodeProblem(version) === undefined) return;
  const oldest = OLDEST_NODE.join('.');
  throw new AtelierError(
    'engine-died',
    msg`${program} is Node ${version}; Atelier needs Node ${oldest} or newer.`,
    { next },
  );
}

/** As "20.19.0"; undefined for what is no Node.js, says too much, or does not answer. */
async function versionOf(program: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, ['-p', 'process.versions.node'], {
      // Electron's binary is then Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      timeout: TIMEOUT_MS,
      maxBuffer: LONGEST_ANSWER,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    return /^\d+\.\d+\.\d+\S*$/.exec(stdout.trim())?.[0];
  } catch {
    return undefined;
  }
}
