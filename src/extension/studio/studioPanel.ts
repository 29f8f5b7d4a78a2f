import * as vscode from 'vscode';
import {
  isStudioRequest,
  type Section,
  type StudioRequest,
  type StudioUpdate,
} from '../../webview/studio/messages';
import type { JobEvent } from '../../jobs/events';
import type { EngineOwner } from '../engine/engineOwner';
import type { Previews } from '../previews';
import { showError } from '../problems';
import type { Run } from '../runs/run';
import type { Runs } from '../runs/runs';
import { WebviewPage } from '../webviewPage';
import { shownPictures } from './pictures';
import { ShownRun } from './shownRun';
import { insightKindOf } from './insights';

/** What the panel needs from the rest of the extension. */
export interface StudioContext {
  readonly extension: vscode.Uri;
  readonly runs: Runs;
  readonly previews: Previews;
  readonly engine: Pick<EngineOwner, 'watchInsights' | 'onDidReceiveInsight'>;
  readonly log: vscode.LogOutputChannel;
  /** Carries out what the panel asks, about the run that it shows. */
  readonly handle: (request: StudioRequest, shown: ShownRun | undefined) => Promise<void>;
}

/**
 * The studio: a panel that shows one run. The history lives here; while the panel is hidden its page is told nothing,
 * and gets one snapshot when it shows again, or when it was loaded anew and says `ready`.
 */
export class StudioPanel implements vscode.Disposable {
  static readonly viewType = 'atelier.studio';
  private readonly page: WebviewPage<StudioUpdate>;
  private readonly listeners: vscode.Disposable[];
  private shown: ShownRun | undefined;
  /** The page has loaded. */
  private ready = false;
  /** The page is on screen and has been given a snapshot. */
  private listening = false;
  /** Which section is on screen. */
  private section: Section | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly context: StudioContext,
    run: Run | undefined,
  ) {
    const { extension, runs, previews } = context;
    this.page = new WebviewPage(panel, extension, [runs.folder, previews.folder]);
    this.page.sign();
    this.listeners = [
      this.page,
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.stopUpdates();
        else if (this.ready && !this.listening) this.startUpdates();
      }),
      context.engine.onDidReceiveInsight(({ job, insight }) => {
        if (this.shown?.run.folder === job) this.shown.found(insight, this.listening);
      }),
      runs.onDidChangeList(() => {
        // It was deleted, and its pictures with it.
        if (this.run !== undefined && runs.get(this.run.folder) === undefined) this.show(undefined);
      }),
      runs.onDidReceiveEvent(({ run: heard, event }) => {
        this.hear(heard, event);
      }),
    ];
    this.show(run);
    this.page.load('studio');
  }

  /** The run that is shown. */
  get run(): Run | undefined {
    return this.shown?.run;
  }

  /** Shows another run, or the same one anew. */
  show(asked: Run | undefined): void {
    // What the caller was given may have changed since.
    const run = asked && (this.context.runs.get(asked.folder) ?? asked);
    // Nobody looks at the run before any more.
    if (this.shown?.run.folder !== run?.folder) void this.watchInsights('none');
    this.shown?.stopUpdates();
    this.shown =
      run &&
      new ShownRun(
        run,
        this.page.toUri,
        update => {
          this.page.post(update);
        },
        one => this.context.runs.ahead(one),
      );
    this.panel.title = this.shown?.title ?? vscode.l10n.t('Atelier Studio');
    if (this.listening) this.rehydrate();
    void this.loadPictures();
    void this.watchInsights();
  }

  /** Has the page carry out a command of VS Code. */
  command(command: 'copyImage'): void {
    this.page.post({ type: 'command', command });
  }

  dispose(): void {
    this.stopUpdates();
    for (const listener of this.listeners) listener.dispose();
  }

  private async receive(message: unknown): Promise<void> {
    if (!isStudioRequest(message)) {
      this.context.log.warn('The studio sent a message that is not understood.', message);
      return;
    }
    if (message.type === 'ready') {
      this.ready = true;
      if (this.panel.visible) this.startUpdates();
      return;
    }
    if (message.type === 'section') {
      this.section = message.section;
      return this.watchInsights();
    }
    try {
      await this.context.handle(message, this.shown);
    } catch (error) {
      await showError(error, this.context.log);
    }
  }

  private hear(run: Run, event: JobEvent): void {
    if (this.shown?.run.folder === run.folder) {
      this.shown.hear(run, event, this.listening);
      // An engine that takes the run over knows nothing of who looks.
      if (event.event === 'started') void this.watchInsights();
    }
    // The queue moved on: the shown run may have fewer before it.
    else if (this.listening && event.event !== 'step' && event.event !== 'frame') this.shown?.refresh();
  }

  private startUpdates(): void {
    this.listening = true;
    this.rehydrate();
    void this.watchInsights();
  }

  private rehydrate(): void {
    if (this.shown !== undefined) this.shown.snapshot();
    else this.page.post({ type: 'snapshot', snapshot: ShownRun.nothing() });
  }

  private stopUpdates(): void {
    this.listening = false;
    this.shown?.stopUpdates();
    void this.watchInsights();
  }

  /** Insights are computed only for who looks. */
  private async watchInsights(
    kind = insightKindOf(this.listening ? this.section : undefined),
  ): Promise<void> {
    const { shown, context } = this;
    if (shown === undefined) return;
    try {
      await context.engine.watchInsights(shown.run.folder, kind);
    } catch (error) {
      context.log.warn('The insights could not be computed.', error);
    }
  }

  private async loadPictures(): Promise<void> {
    const { shown } = this;
    if (shown === undefined) return;
    const { previews, log } = this.context;
    shown.pictures = await shownPictures(shown.run.recipe, previews, log);
    if (this.shown === shown && this.listening) shown.snapshot();
  }
}
