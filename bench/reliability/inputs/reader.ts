import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { buildSync } from 'esbuild';
import type { Reading } from './worker';

/** Longer than any input takes to be read, however busy the machine is. */
const TIMEOUT_MS = 60_000;

/** A process that reads damaged inputs; another takes its place when one dies or hangs. */
export class Reader {
  private child: ChildProcess | undefined;

  /**
   * @param program the bundle that it is, which is built
   * @param folder for the inputs
   */
  constructor(
    private readonly program: string,
    private readonly folder: string,
  ) {
    buildSync({
      entryPoints: [path.join(__dirname, 'worker.ts')],
      outfile: program,
      ...{ bundle: true, platform: 'node', target: 'node20', logLevel: 'error' },
      // Its main file loads its parts in a way that no bundler can follow.
      alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
      external: ['onnxruntime-node', 'onnxruntime-web', 'h5wasm', 'sharp', '*.node'],
    });
  }

  /** @throws how the process died of it, or that it hangs */
  async read(seed: number): Promise<Reading> {
    const child = this.child ?? (await this.start());
    child.send(seed);
    return (await this.answer(child)) as Reading;
  }

  /** Ends the process, whose memory may have grown. */
  async close(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** @throws when the intact files cannot be prepared */
  async start(): Promise<ChildProcess> {
    const child = fork(this.program, [this.folder], { execArgv: [] });
    this.child = child;
    await this.answer(child);
    return child;
  }

  private answer(child: ChildProcess): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        void this.close();
        reject(new Error('hangs'));
      }, TIMEOUT_MS);
      const end = (act: () => void) => {
        clearTimeout(timer);
        child.removeAllListeners();
        act();
      };
      child.once('message', message => end(() => resolve(message)));
      child.once('exit', (code, signal) =>
        end(() => {
          this.child = undefined;
          reject(new Error(`the process died: exit code ${code ?? 'none'}, signal ${signal ?? 'none'}`));
        }),
      );
    });
  }
}
