import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { AtelierError } from '../../../common/errors';
import { msg } from '../../../common/messages';
import { complaint, diskFull, stopped } from './failure';
import { isFullDisk } from '../../../common/systemErrors';
import { runProgram, type ProgramResult } from './program';

/** The first that brings a pip which knows hashes and platforms. */
const OLDEST: readonly [number, number] = [3, 8];

const CANDIDATES = ['python3', 'python'];

const VERSION = 'import sys; print("%d %d" % sys.version_info[:2])';

/** A private Python environment with pip. */
export interface PrivatePython {
  readonly executable: string;
}

/**
 * A Python environment of our own in `folder`, made from the system's Python unless it is there already.
 * @throws `device-unavailable` without a Python or its venv module; `write-failed`; `interrupted`
 */
export async function privatePython(folder: string, signal?: AbortSignal): Promise<PrivatePython> {
  const executable = path.join(folder, 'bin', 'python');
  if (await hasPip(executable, signal)) return { executable };
  const system = await systemPython(signal);
  // Half an environment, from an installation that was stopped.
  await fs.rm(folder, { recursive: true, force: true });
  const made = await runProgram(system, ['-m', 'venv', folder], signalled(signal));
  if (signal?.aborted) throw stopped();
  if (made.code !== 0 || !(await hasPip(executable, signal))) throw noEnvironment(system, folder, made);
  return { executable };
}

async function systemPython(signal: AbortSignal | undefined): Promise<string> {
  let old: string | undefined;
  for (const name of CANDIDATES) {
    const version = await runProgram(name, ['-c', VERSION], signalled(signal)).catch(() => undefined);
    if (signal?.aborted) throw stopped();
    if (version?.code !== 0) continue;
    const [major = 0, minor = 0] = version.output.trim().split(' ').map(Number);
    if (major === OLDEST[0] && minor >= OLDEST[1]) return name;
    old = `${major}.${minor}`;
  }
  const wanted = `Python ${OLDEST.join('.')} or newer`;
  const what = old === undefined ? msg`no Python was found` : msg`the Python found is ${old}`;
  throw new AtelierError('device-unavailable', msg`Downloading TensorFlow needs ${wanted}, but ${what}.`, {
    next: msg`Install it (Debian, Ubuntu: sudo apt install python3 python3-venv), then start again.`,
  });
}

async function hasPip(executable: string, signal: AbortSignal | undefined): Promise<boolean> {
  const asked = await runProgram(executable, ['-m', 'pip', '--version'], signalled(signal)).catch(
    () => undefined,
  );
  if (signal?.aborted) throw stopped();
  return asked?.code === 0;
}

function noEnvironment(system: string, folder: string, { output }: ProgramResult): AtelierError {
  if (isFullDisk(output)) return diskFull(folder);
  if (/ensurepip|No module named '?venv|python3-venv/.test(output)) {
    return new AtelierError(
      'device-unavailable',
      msg`${system} has no venv module, which is needed to download TensorFlow.`,
      { next: msg`Install it (Debian, Ubuntu: sudo apt install python3-venv), then start again.` },
    );
  }
  return new AtelierError(
    'device-unavailable',
    msg`${system} cannot make an environment in ${folder}: ${complaint(output)}.`,
    { next: msg`Read its output, then try again.` },
  );
}

const signalled = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });
