import { fork } from 'node:child_process';
import { onceEnded } from '../common/childEnd';
import { resourcePath } from '../common/resources';
import type { DeviceName, MachineOptions, MapLayout } from './device';
import type { Agreement } from './selfCheck';
import { msg, type Message } from '../common/messages';

/** What a device was found to be, tried in a process of its own, which it may take down with it. */
export type Probe =
  | {
      readonly works: true;
      /** For people: what computes. */
      readonly title: string;
      /** Milliseconds of one evaluation of the built-in network at `PROBE_SIDE`². */
      readonly ms: number;
      /** The order of maps that it was measured with, where that is not its library's own. */
      readonly layout?: MapLayout;
      /** How far its results are from the CPU's; absent for the CPU. */
      readonly agreement?: Agreement;
    }
  | {
      readonly works: false;
      readonly reason: Message;
      readonly next?: Message;
      /** It was given up before it had an answer: that says nothing about the device. */
      readonly undecided?: true;
    };

/** Time for a self-check at the first use of a device: a driver may have to compile all its programs. */
export const FIRST_USE_MS = 10 * 60_000;

/** Side of the square that speed is measured at, in pixels. */
export const PROBE_SIDE = 256;

/** The argument that makes the engine's program answer one probe instead of serving. */
export const PROBE_ARGUMENT = 'probe';

export interface ProbeRequest extends MachineOptions {
  readonly device: DeviceName;
}

export interface ProbeOptions {
  /** The device is given up after so long. */
  readonly timeoutMs: number;
  /** The program to run; by default the engine's own. */
  readonly entry?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const TAIL = 4096;
/** How long a device may take to let go of a process that has answered, in milliseconds. */
const RELEASE_MS = 3000;

/** Tries a device: results against the CPU's at two sizes, then its speed. Never rejects. */
export function probeDevice(request: ProbeRequest, options: ProbeOptions): Promise<Probe> {
  const { timeoutMs, entry = resourcePath('dist/engine.js'), env = process.env } = options;
  return new Promise<Probe>(resolve => {
    const child = fork(entry, [PROBE_ARGUMENT, JSON.stringify(request)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // A debugger's port, for one, is taken already.
      execArgv: [],
      env,
    });
    let words = '';
    let answer: Probe | undefined;
    let timer = setTimeout(() => {
      answer = {
        works: false,
        reason: msg`its self-check did not finish within ${Math.round(timeoutMs / 1000)} s`,
        next: msg`Run the device report, which waits up to ten minutes.`,
        undecided: true,
      };
      give();
    }, timeoutMs);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-TAIL)));
    child.on('message', message => {
      answer = message as Probe;
      give();
    });
    // What some drivers do while a process ends is of no interest any more: it may take them for ever.
    const give = (): void => {
      child.kill('SIGKILL');
      clearTimeout(timer);
      timer = setTimeout(() => answer && resolve(answer), RELEASE_MS);
    };
    const finish = (end: Message): void => {
      clearTimeout(timer);
      const last = lastErrorLine(words);
      resolve(answer ?? { works: false, reason: last === '' ? end : msg`${end}: ${last}` });
    };
    onceEnded(child, (code, signal, failure) => {
      if (failure !== undefined) finish(msg`its self-check could not be started (${failure.message})`);
      else if (signal === null) finish(msg`its self-check ended with exit code ${String(code)}`);
      else finish(msg`its self-check ended with signal ${signal}`);
    });
  }).catch((error: Error) => ({
    works: false,
    reason: msg`its self-check could not be started (${error.message})`,
  }));
}

/** Lines of a stack trace, JavaScript's or the process's own, and TensorFlow's word about its arithmetic. */
const STACK = /^(at |Node\.js v|-{3,}|\d+: |WARNING: All log messages|I\d{4} )/;

function lastErrorLine(text: string): string {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !STACK.test(line));
  const line = lines.findLast(each => /error|abort|fatal|fail/i.test(each)) ?? lines.at(-1);
  return line?.slice(0, 200) ?? '';
}
