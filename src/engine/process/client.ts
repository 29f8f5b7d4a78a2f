import { clearFailedDevices } from '../../backends/watch';
import { AtelierError, type ErrorReport, reportError, reportOf } from '../../common/errors';
import { msg } from '../../common/messages';
import type { JobEvent } from '../../protocol/jobEvent';
import type { FigureEvent } from '../../protocol/figureEvent';
import {
  type EngineMessage,
  readEngineMessage,
  readReply,
  type Replies,
  type Request,
} from '../../protocol/engine';
import type { EngineSettings } from '../../protocol/request';
import type { Insight } from '../../protocol/insight';
import { ActiveJobs, type ActiveJob, type StandingRequest } from './activeJobs';
import { brokenError, CrashCount, reportBroken } from './crash';
import { EngineProcess, type EngineStart } from './engineProcess';
import { PendingReplies } from './pending';

/** `broken`: it died too often and is not started again before `restart()`. */
export type EngineStatus = 'idle' | 'running' | 'restarting' | 'broken' | 'closed';

export interface EngineClientOptions extends EngineStart {
  readonly settings: EngineSettings;
}

/** What the client reports. */
export interface EngineListener {
  event?(job: string, event: JobEvent): void;
  figure?(figure: string, event: FigureEvent): void;
  insight?(job: string, insight: Insight): void;
  status?(status: EngineStatus, error?: ErrorReport): void;
  log?(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
}

export interface RequestOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const CLOSED = msg`The engine has been closed.`;

/**
 * The supervisor of an engine process. Starts it on the first request, starts it again when it dies, and has the
 * jobs that were under way resumed from their checkpoints; five crashes within a minute stop it. Knows nothing of
 * VS Code.
 */
export class EngineClient {
  private child: EngineProcess | undefined;
  /** Processes that are ended on purpose. */
  private readonly dismissed = new WeakSet<EngineProcess>();
  private settings: EngineSettings;
  private state: EngineStatus = 'idle';
  private readonly pending = new PendingReplies();
  private readonly crashes = new CrashCount();
  private readonly active = new ActiveJobs();
  private readonly listeners = new Set<EngineListener>();

  constructor(private readonly options: EngineClientOptions) {
    this.settings = options.settings;
  }

  get status(): EngineStatus {
    return this.state;
  }

  /** Process id of the engine, while one runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Folders of the jobs that run or wait. */
  get activeJobs(): readonly string[] {
    return this.active.folders;
  }

  /** Adds a listener; the function returned removes it. */
  listen(listener: EngineListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Runs or resumes the job in the folder (absolute path). Resolves when it is queued; events tell the rest. */
  run(job: string): Promise<Replies['run']> {
    return this.submit(job, 'job');
  }

  /** Makes or goes on with the figure in the folder (absolute path). Resolves when it is queued, as `run`. */
  makeFigure(figure: string): Promise<Replies['makeFigure']> {
    return this.submit(figure, 'figure');
  }

  private async submit(job: string, kind: ActiveJob['kind']): Promise<Replies['run']> {
    const added = this.active.add(job, kind);
    try {
      return await this.submitNow(job, kind);
    } catch (error) {
      // A crash is not the job's end: the next engine is told of it.
      const crashed = error instanceof AtelierError && error.code === 'engine-died';
      const goesOn = this.state !== 'closed' && this.state !== 'broken';
      if (crashed && goesOn && this.active.has(job)) return { position: 0 };
      if (added) this.active.delete(job);
      throw error;
    }
  }

  private submitNow(folder: string, kind: ActiveJob['kind']): Promise<Replies['run']> {
    return kind === 'job'
      ? this.request({ type: 'run', job: folder })
      : this.request({ type: 'makeFigure', figure: folder });
  }

  /**
   * Sends a request and waits for its reply.
   * @throws the engine's error, `engine-died` when it dies before it replies, or `interrupted` when the signal was
   * aborted
   */
  async request<T extends Request['type']>(
    request: Extract<Request, { type: T }>,
    { onProgress, signal }: RequestOptions = {},
  ): Promise<Replies[T]> {
    // Given up before the engine has heard of it.
    if (signal?.aborted) throw new AtelierError('interrupted', msg`It was cancelled.`);
    const child = this.start();
    const { id, reply } = this.pending.add(onProgress);
    const cancel = () => child.post({ type: 'cancel', request: id, id: this.pending.add().id });
    signal?.addEventListener('abort', cancel, { once: true });
    child.post({ ...request, id });
    try {
      const value = await reply;
      this.active.recordRequest(request);
      return readReply(request.type, value);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Settings for the jobs to come. */
  async configure(settings: EngineSettings): Promise<void> {
    this.settings = settings;
    if (this.child !== undefined) await this.request({ type: 'hello', settings });
  }

  /** Forgets earlier crashes and makes room for a fresh engine, which resumes active jobs. Ends when the old one is gone. */
  async restart(): Promise<void> {
    this.crashes.forget();
    const { child } = this;
    if (child === undefined) {
      if (this.state !== 'closed') this.revive();
      return;
    }
    this.dismiss(child);
    await child.ended;
  }

  /** Has the running job write its checkpoint, ends the engine and waits until it is gone. */
  async close(timeoutMs = 5000): Promise<void> {
    const { child } = this;
    this.change('closed');
    if (child === undefined) return;
    child.post({ type: 'shutdown', id: this.pending.add().id });
    const timer = setTimeout(() => this.dismiss(child), timeoutMs);
    await child.ended;
    clearTimeout(timer);
  }

  private start(): EngineProcess {
    if (this.state === 'closed') throw new AtelierError('engine-died', CLOSED);
    if (this.child !== undefined) return this.child;
    if (this.state === 'broken') throw brokenError();
    const child = new EngineProcess(this.options, {
      message: value => this.receive(value),
      output: (stream, text) => this.log(stream === 'stdout' ? 'debug' : 'warn', text),
    });
    this.child = child;
    const { settings } = this;
    void child.ended.then(error => {
      if (this.dismissed.has(child)) clearFailedDevices(settings.storage, child.pid);
      this.handleCrash(child, error);
    });
    const { id, reply } = this.pending.add();
    child.post({ type: 'hello', settings, id });
    reply.catch((error: unknown) => this.log('error', `the first request: ${reportError(error).message}`));
    this.change('running');
    return child;
  }

  private dismiss(child: EngineProcess): void {
    this.dismissed.add(child);
    child.kill();
  }

  private receive(value: unknown): void {
    const message = readEngineMessage(value);
    if (message === undefined) {
      this.log('warn', `not a message of the engine: ${JSON.stringify(value).slice(0, 200)}`);
      return;
    }
    switch (message.type) {
      case 'reply':
        return this.pending.resolve(message);
      case 'refusal':
        return this.pending.reject(message);
      case 'progress':
        return this.pending.progress(message);
      case 'event':
        return this.forward(message);
      case 'figure':
        return this.forwardFigure(message);
      case 'insight':
        for (const listener of this.listeners) listener.insight?.(message.job, message.insight);
        return;
      case 'log':
        return this.log(message.level, message.message);
    }
  }

  private forward({ job, event }: EngineMessage & { type: 'event' }): void {
    this.active.recordEvent(job, event);
    for (const listener of this.listeners) listener.event?.(job, event);
  }

  private forwardFigure({ figure, event }: EngineMessage & { type: 'figure' }): void {
    this.active.recordEvent(figure, event);
    for (const listener of this.listeners) listener.figure?.(figure, event);
  }

  private handleCrash(child: EngineProcess, crash: ErrorReport): void {
    if (this.child !== child) return;
    this.child = undefined;
    if (this.state === 'closed') return this.leaveUnfinished();
    const dismissed = this.dismissed.has(child);
    const error = dismissed ? reportOf('engine-died', { message: msg`The engine was restarted.` }) : crash;
    const tooOften = !dismissed && this.crashes.add(Date.now());
    this.change(tooOften ? 'broken' : 'restarting', tooOften ? reportBroken(error) : error);
    this.pending.rejectAll(AtelierError.of({ ...error, code: 'engine-died' }));
    for (const { folder, kind, begun, givenUp } of this.active.recordCrash(!dismissed)) {
      if (givenUp) this.emit(folder, kind, { event: 'failed', error });
      else if (begun || tooOften)
        this.emit(folder, kind, { event: 'interrupted', error, resuming: !tooOften });
    }
    if (tooOften) this.active.clear();
    else this.revive();
  }

  /** The engine is gone for good: nobody has to wait for what it has not told any more. */
  private leaveUnfinished(): void {
    const error = reportOf('interrupted', { message: CLOSED });
    this.pending.rejectAll(new AtelierError('engine-died', CLOSED));
    const unfinished = this.active.handOver();
    this.active.clear();
    for (const { folder, kind } of unfinished)
      this.emit(folder, kind, { event: 'interrupted', error, resuming: false });
  }

  /** Starts an engine for the jobs that wait for one; without any, the next request does. */
  private revive(): void {
    this.change('idle');
    for (const active of this.active.handOver()) {
      const { folder, kind } = active;
      this.submitNow(folder, kind).then(
        () => this.repeat(active.standingRequest),
        (cause: unknown) => {
          if (cause instanceof AtelierError && cause.code === 'engine-died') return;
          this.active.delete(folder);
          this.emit(folder, kind, { event: 'failed', error: reportError(cause) });
        },
      );
    }
  }

  /** What was asked of the engine before, which may be over by now. */
  private repeat(standingRequest: StandingRequest | undefined): void {
    if (standingRequest === undefined) return;
    this.request(standingRequest).catch((error: unknown) => this.log('debug', reportError(error).message));
  }

  private emit(folder: string, kind: ActiveJob['kind'], event: JobEvent & FigureEvent): void {
    for (const listener of this.listeners) {
      if (kind === 'job') listener.event?.(folder, event);
      else listener.figure?.(folder, event);
    }
  }

  private log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void {
    for (const listener of this.listeners) listener.log?.(level, message);
  }

  private change(status: EngineStatus, error?: ErrorReport): void {
    if (this.state === status) return;
    this.state = status;
    for (const listener of this.listeners) listener.status?.(status, error);
  }
}
