import * as vscode from 'vscode';
import type { Section, StudioRequest, StudioUpdate } from '../../protocol/studio';
import { isActive } from '../../jobs/state';
import type { JobEvent } from '../../protocol/jobEvent';
import type { EngineOwner } from '../engine/engineOwner';
import type { Previews } from '../previews';
import { LivePanel } from '../panels/livePanel';
import type { Run } from '../runs/run';
import type { Runs } from '../runs/runs';
import { shownPictures } from './pictures';
import { queueBeside, runBeside } from './queueBeside';
import { ShownRun } from './shownRun';
import type { Circumstances } from './status';
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

/** The studio: a panel that shows one run. The history lives here, and the page follows it while it is on screen. */
export class StudioPanel implements vscode.Disposable {
  private readonly page: LivePanel<StudioUpdate, StudioRequest>;
  private readonly listeners: vscode.Disposable[];
  private shown: ShownRun | undefined;
  /** Which section is on screen. */
  private section: Section | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly context: StudioContext,
    run: Run | undefined,
    /** Remembers which run is shown, by its job folder, for when the window is loaded again. */
    private readonly remember: (folder: string | undefined) => void,
    /** Whether the panel goes along with the queue; remembered by whoever made it. */
    private readonly following: { now: boolean },
  ) {
    const { runs, previews } = context;
    this.page = new LivePanel<StudioUpdate, StudioRequest>(
      panel,
      {
        page: 'studio',
        folders: [runs.folder, previews.folder],
        reader: async () => (await import('../deferred')).readStudioRequest,
        snapshot: () => ({ type: 'snapshot', snapshot: this.shown?.snapshot() ?? ShownRun.nothing() }),
        handle: request => this.handle(request),
        turned: live => {
          if (!live) this.shown?.stopUpdates();
          void this.watchInsights();
        },
      },
      context,
    );
    this.listeners = [
      this.page,
      context.engine.onDidReceiveInsight(({ job, insight }) => {
        if (this.shown?.run.folder === job) this.shown.found(insight);
      }),
      // Also from the bar of an editor.
      runs.onDidAskToRetune(({ folder, tuning }) => {
        if (this.run?.folder === folder) this.shown?.tune(tuning);
      }),
      runs.onDidChangeList(() => {
        const known = runs.get(this.run?.folder ?? '');
        if (known !== undefined) this.rename(known);
        // It was deleted, and its pictures with it.
        if (this.run !== undefined && known === undefined) this.showNext();
        // Another order of the queue.
        else if (this.page.live) this.shown?.refresh();
      }),
      runs.onDidReceiveEvent(({ run: heard, event }) => {
        this.hear(heard, event);
      }),
    ];
    this.show(run);
    this.page.load(true);
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
    const { runs } = this.context;
    this.shown = run && new ShownRun(run, this.page, one => this.queue(one), runs.tuningOf(run.folder));
    this.remember(run?.folder);
    this.panel.title = this.shown?.title ?? vscode.l10n.t('Atelier Studio');
    this.page.renew();
    void this.loadPictures();
    void this.watchInsights();
  }

  /** Calls the run on show what the person calls it now. */
  private rename({ name }: Run): void {
    if (this.shown === undefined || this.shown.run.name === name) return;
    this.shown.rename(name);
    this.panel.title = this.shown.title;
  }

  /** Shows what is being painted, or nothing. */
  private showNext(): void {
    const [next] = this.context.runs.active;
    if (next !== undefined || this.context.runs.get(this.run?.folder ?? '') === undefined) this.show(next);
  }

  private queue(run: Run): Pick<Circumstances, 'ahead' | 'queue'> {
    const { runs } = this.context;
    return { ahead: runs.ahead(run), queue: queueBeside(run, runs, this.following.now) };
  }

  /** Has the page carry out a command of VS Code. */
  command(command: 'copyImage'): void {
    this.page.post({ type: 'command', command });
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }

  private async handle(request: Exclude<StudioRequest, { type: 'ready' }>): Promise<void> {
    switch (request.type) {
      case 'section':
        this.section = request.section;
        return this.watchInsights();
      case 'followQueue':
        this.following.now = request.follow;
        this.shown?.refresh();
        if (request.follow && this.run !== undefined && !isActive(this.run.state)) this.showNext();
        return;
      case 'showQueued': {
        const beside = this.run && runBeside(this.run, this.context.runs);
        if (beside !== undefined) this.show(await this.context.runs.open(beside.folder));
        return;
      }
      default:
        return this.context.handle(request, this.shown);
    }
  }

  private hear(run: Run, event: JobEvent): void {
    if (this.shown?.run.folder === run.folder) {
      this.shown.hear(run, event);
      // An engine that takes the run over knows nothing of who looks.
      if (event.event === 'started') void this.watchInsights();
    }
    // What was shown is over, and the person wants to see what comes.
    else if (
      event.event === 'started' &&
      this.following.now &&
      this.run !== undefined &&
      !isActive(this.run.state)
    )
      this.show(run);
    // The queue moved on: the shown run may have fewer before it.
    else if (this.page.live && event.event !== 'step' && event.event !== 'frame') this.shown?.refresh();
  }

  /** Insights are computed only for who looks. */
  private async watchInsights(
    kind = insightKindOf(this.page.live ? this.section : undefined),
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
    if (this.shown === shown) this.page.renew();
  }
}
