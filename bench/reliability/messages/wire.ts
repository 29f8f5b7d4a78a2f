import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type EngineMessage, readEngineMessage } from '../../../src/protocol/engine';

type Reply = Extract<EngineMessage, { type: 'reply' | 'refusal' }>;

/** Longer than any answer takes, however busy the machine is. */
const TIMEOUT_MS = 300_000;

/** The way to an engine, without the supervisor that sends it only what it understands. */
export class Wire {
  private readonly child: ChildProcess;
  private readonly heard: Reply[] = [];
  /** What came over the wire and is no message of an engine. */
  readonly strange: unknown[] = [];
  private wake = () => undefined as unknown;

  /** @param folder where the engine works, so that relative paths lead nowhere else */
  constructor(entry: string, folder: string) {
    this.child = fork(entry, [], {
      cwd: folder,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child.on('message', value => {
      const message = readEngineMessage(value);
      if (message === undefined) this.strange.push(value);
      else if (message.type === 'reply' || message.type === 'refusal') this.heard.push(message);
      this.wake();
    });
    this.child.on('exit', () => this.wake());
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get end(): string {
    return `exit code ${this.child.exitCode ?? 'none'}, signal ${this.child.signalCode ?? 'none'}`;
  }

  send(message: unknown): void {
    if (this.child.connected) this.child.send(message as object, () => undefined);
  }

  /**
   * Sends a request and waits for its reply, and for nothing else.
   * @throws when the engine dies, or does not reply
   */
  async ask(request: Readonly<Record<string, unknown>> & { readonly id: number }): Promise<Reply> {
    this.send(request);
    const began = Date.now();
    for (;;) {
      const reply = this.replies().find(({ id }) => id === request.id);
      if (reply !== undefined) return reply;
      if (!this.isAlive) throw new Error(`the engine died: ${this.end}`);
      if (Date.now() - began > TIMEOUT_MS) throw new Error(`no reply to ${JSON.stringify(request)}`);
      await this.news();
    }
  }

  /** All replies since the last call of `forget`. */
  replies(): Reply[] {
    return [...this.heard];
  }

  forget(): void {
    this.heard.length = 0;
    this.strange.length = 0;
  }

  async close(): Promise<void> {
    if (!this.isAlive) return;
    const gone = once(this.child, 'exit');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), TIMEOUT_MS);
    this.send({ type: 'shutdown', id: 0 });
    await gone;
    clearTimeout(timer);
  }

  private news(): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, 100);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
