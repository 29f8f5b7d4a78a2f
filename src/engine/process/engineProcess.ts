import { fork, type ChildProcess } from 'node:child_process';
import { onceEnded } from '../../common/childEnd';
import type { ErrorReport } from '../../common/errors';
import { explainCrash } from './crash';
import type { RequestMessage } from '../../protocol/engine';

/** How an engine is started. */
export interface EngineStart {
  /** Absolute path of the engine's bundle, dist/engine.js. */
  readonly entry: string;
  /** Another Node than the one that runs this. */
  readonly execPath?: string;
  readonly execArgv?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** What a process says. */
export interface EngineProcessListener {
  message(value: unknown): void;
  output(stream: 'stdout' | 'stderr', text: string): void;
}

/** Bytes of the engine's stderr that are kept to explain its crash. */
const STDERR_TAIL = 8192;

/** One process of the engine. Its end is always told, also of one that could not be started. */
export class EngineProcess {
  /** Why it ended. Never rejects. */
  readonly ended: Promise<ErrorReport>;
  private child: ChildProcess | undefined;
  private stderr = '';

  constructor(
    start: EngineStart,
    private readonly listener: EngineProcessListener,
  ) {
    this.ended = new Promise(resolve => {
      const end = (code: number | null, signal: NodeJS.Signals | null, failure?: Error) =>
        resolve(explainCrash(code, signal, this.stderr, failure));
      try {
        this.child = this.begin(start, end);
      } catch (error) {
        end(null, null, error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  post(request: RequestMessage): void {
    // A failed send means that the process is going; its end rejects what is pending.
    if (this.child?.connected === true) this.child.send(request, () => undefined);
  }

  kill(): void {
    this.child?.kill('SIGKILL');
  }

  private begin(
    { entry, execPath, execArgv, env }: EngineStart,
    end: (code: number | null, signal: NodeJS.Signals | null, failure?: Error) => void,
  ): ChildProcess {
    const child = fork(entry, [], {
      execPath: execPath ?? process.execPath,
      execArgv: [...(execArgv ?? [])],
      // Electron's binary is then Node.
      env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.on('message', message => this.listener.message(message));
    child.stdout?.on('data', (chunk: Buffer) => this.listener.output('stdout', chunk.toString().trimEnd()));
    child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString()).slice(-STDERR_TAIL);
      this.listener.output('stderr', chunk.toString().trimEnd());
    });
    onceEnded(child, end);
    return child;
  }
}
