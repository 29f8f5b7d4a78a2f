import * as vscode from 'vscode';
import type { EngineClient, EngineStatus, RequestOptions } from '../../engine/process/client';
import type { FigureEvent } from '../../protocol/figureEvent';
import type { Replies, Request } from '../../protocol/engine';
import type { Insight, InsightKind } from '../../protocol/insight';
import type { JobEvent } from '../../protocol/jobEvent';
import type { ErrorReport } from '../../common/errors';
import { resourcePath } from '../../common/resources';
import type { Settings } from '../settings';

/** Where the engine stands, and why, when it is not well. */
export interface EngineHealth {
  readonly status: EngineStatus;
  readonly error?: ErrorReport | undefined;
}

/** The one engine of this window: started on first use, told of changed settings, ended with the window. */
export class EngineOwner implements vscode.Disposable {
  private client: Promise<EngineClient> | undefined;
  private healthNow: EngineHealth = { status: 'idle' };
  private readonly heard = new vscode.EventEmitter<{ readonly job: string; readonly event: JobEvent }>();
  private readonly healthChanged = new vscode.EventEmitter<EngineHealth>();
  private readonly listeners: vscode.Disposable[];

  private readonly found = new vscode.EventEmitter<{ readonly job: string; readonly insight: Insight }>();

  private readonly drew = new vscode.EventEmitter<{ readonly figure: string; readonly event: FigureEvent }>();

  /** What happens to jobs. */
  readonly onDidReceiveEvent = this.heard.event;
  /** What was found about layers, for whom `watchInsights` was asked. */
  readonly onDidReceiveInsight = this.found.event;
  /** What happens to figures. */
  readonly onDidReceiveFigureEvent = this.drew.event;
  readonly onDidChangeHealth = this.healthChanged.event;

  constructor(
    private readonly settings: Settings,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.listeners = [
      settings.onDidChangeEngine(() => void this.configure()),
      settings.onDidChangeStorage(() => {
        this.close().catch((error: unknown) => this.log.warn('The engine did not end well.', error));
      }),
    ];
  }

  get health(): EngineHealth {
    return this.healthNow;
  }

  /** Starts the engine, so that it is there when it is needed in a moment. */
  async warm(): Promise<void> {
    try {
      await this.ask({ type: 'hello', settings: this.settings.engine });
    } catch (error) {
      // Whoever needs the engine will hear of it.
      this.log.warn('The engine could not be started ahead of its use.', error);
    }
  }

  /** Runs or resumes the job in a folder; it is taken up again when the engine dies. */
  async run(job: string): Promise<Replies['run']> {
    const client = await this.start();
    return client.run(job);
  }

  /** Makes or goes on with the figure in a folder; it is taken up again when the engine dies. */
  async makeFigure(figure: string): Promise<Replies['makeFigure']> {
    const client = await this.start();
    return client.makeFigure(figure);
  }

  /** Sends a request and waits for its reply. Throws the engine's error, or `engine-died`. */
  async ask<T extends Request['type']>(
    request: Extract<Request, { type: T }>,
    options?: RequestOptions,
  ): Promise<Replies[T]> {
    const client = await this.start();
    return client.request(request, options);
  }

  /** Tells the engine what someone looks at beside a painting; for `none`, no engine is started. */
  async watchInsights(job: string, kind: InsightKind | 'none'): Promise<void> {
    if (kind === 'none' && this.client === undefined) return;
    await this.ask({ type: 'watchInsights', job, kind });
  }

  /** Starts a fresh engine, also after too many crashes; its jobs go on from their checkpoints. */
  async restart(): Promise<void> {
    const client = await this.start();
    await client.restart();
    await this.warm();
  }

  /** Ends the engine after it has written the running job's checkpoint; the next request starts another. */
  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await (await client)?.close();
    this.changeHealth({ status: 'idle' });
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    this.heard.dispose();
    this.found.dispose();
    this.drew.dispose();
    this.healthChanged.dispose();
  }

  private start(): Promise<EngineClient> {
    // One that could not be made is made anew when it is asked for again.
    this.client ??= this.create().catch((error: unknown) => {
      this.client = undefined;
      throw error;
    });
    return this.client;
  }

  private async create(): Promise<EngineClient> {
    // The client brings the validator of messages, which is not worth loading before there are any.
    const { EngineClient, requireNode } = await import('../deferred');
    const { node } = this.settings;
    if (node !== undefined) await requireNode(node);
    // Set by .vscode/launch.json, for a debugger to attach to.
    const inspect = process.env.ATELIER_ENGINE_INSPECT;
    const client = new EngineClient({
      entry: resourcePath('dist/engine.js'),
      settings: this.settings.engine,
      ...(node === undefined ? {} : { execPath: node }),
      ...(inspect === undefined ? {} : { execArgv: [`--inspect=127.0.0.1:${inspect}`] }),
    });
    client.listen({
      event: (job, event) => {
        this.heard.fire({ job, event });
      },
      figure: (figure, event) => {
        this.drew.fire({ figure, event });
      },
      insight: (job, insight) => {
        this.found.fire({ job, insight });
      },
      status: (status, error) => {
        this.changeHealth({ status, error });
      },
      log: (level, message) => {
        this.log[level](message);
      },
    });
    return client;
  }

  private async configure(): Promise<void> {
    try {
      const client = await this.client;
      await client?.configure(this.settings.engine);
    } catch (error) {
      this.log.warn('The engine did not take the new settings.', error);
    }
  }

  private changeHealth(health: EngineHealth): void {
    this.healthNow = health;
    if (health.error !== undefined) this.log.error(health.error.message);
    this.healthChanged.fire(health);
  }
}
