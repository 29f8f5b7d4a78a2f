import * as vscode from 'vscode';
import type { FigureEvent } from '../../protocol/figureEvent';
import type { FigureRequest, FigureSnapshot, FigureUpdate } from '../../protocol/figure';
import { LivePanel } from '../panels/livePanel';
import type { Previews } from '../previews';
import { styleFile } from '../stylize/styleName';
import { swatchOf } from '../stylize/swatches';
import { isActive, type Figure } from './figure';
import type { Figures } from './figures';
import { cellOf, snapshotOf, sourcesOf, statusOf, tabTitle } from './figureView';

/** What the panels need from the rest of the extension. */
export interface FigureContext {
  readonly extension: vscode.Uri;
  readonly figures: Figures;
  readonly previews: Previews;
  readonly log: vscode.LogOutputChannel;
  /** Carries out what a panel asks about its figure, other than stopping. */
  readonly handle: (request: FigureRequest, figure: Figure) => Promise<void>;
}

/** Longest side of the images that a figure is made from, as the panel shows them. */
const SOURCE_SIDE = 256;

/** The panel of one figure. The figure lives in the host, and the page follows it while it is on screen. */
export class FigurePanel implements vscode.Disposable {
  static readonly viewType = 'atelier.figure';
  private readonly page: LivePanel<FigureUpdate, FigureRequest>;
  private readonly listeners: readonly vscode.Disposable[];
  private readonly copies = new Map<string, string>();
  /** A stop was asked for; shown until it has happened. */
  private stopping = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly context: FigureContext,
    private figure: Figure,
  ) {
    const { figures, previews } = context;
    panel.title = tabTitle(figure);
    this.page = new LivePanel<FigureUpdate, FigureRequest>(
      panel,
      {
        page: 'figure',
        folders: [figures.folder, previews.folder],
        reader: async () => (await import('../deferred')).readFigureRequest,
        snapshot: () => ({ type: 'snapshot', snapshot: this.snapshot }),
        handle: request => (request.type === 'stop' ? this.stop() : context.handle(request, this.figure)),
      },
      context,
    );
    this.listeners = [
      this.page,
      figures.onDidChange(({ figure: changed, event }) => {
        if (changed.folder === this.figure.folder) this.take(changed, event);
      }),
    ];
    this.page.load(true);
    void this.copySources();
  }

  get folder(): string {
    return this.figure.folder;
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }

  private async stop(): Promise<void> {
    this.stopping = true;
    this.tellStatus();
    try {
      await this.context.figures.stop(this.folder);
    } catch (error) {
      this.stopping = false;
      this.tellStatus();
      throw error;
    }
  }

  private take(figure: Figure, event: FigureEvent | undefined): void {
    this.figure = figure;
    if (!isActive(figure)) this.stopping = false;
    if (event?.event === 'cell') {
      const cell = cellOf(figure, event.id, this.page.toUri);
      if (cell !== undefined) this.page.post({ type: 'cells', cells: [cell] });
    } else if (event === undefined) this.page.renew();
    else this.tellStatus();
  }

  private tellStatus(): void {
    this.page.post({ type: 'status', status: statusOf(this.figure, this.stopping) });
  }

  private get snapshot(): FigureSnapshot {
    return snapshotOf(this.figure, this.copies, this.page.toUri, this.stopping);
  }

  private async copySources(): Promise<void> {
    const { previews, log } = this.context;
    for (const { image } of sourcesOf(this.figure)) {
      try {
        const file = swatchOf(image)?.file ?? (await previews.of(styleFile(image), SOURCE_SIDE));
        this.copies.set(image, file);
      } catch (error) {
        log.warn(vscode.l10n.t('No preview of {0}: {1}', image, String(error)));
      }
    }
    this.page.renew();
  }
}
