import * as vscode from 'vscode';
import type { FigureEvent } from '../../engine/figures/figureEvent';
import { isFigureRequest, type FigureRequest, type FigureUpdate } from '../../webview/figure/messages';
import type { Previews } from '../previews';
import { showError } from '../problems';
import { styleFile } from '../stylize/styleName';
import { swatchOf } from '../stylize/swatches';
import { WebviewPage } from '../webviewPage';
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

/**
 * The panel of one figure. The figure lives in the host: while the panel is hidden its page is told nothing, and gets
 * one snapshot when it shows again, or when it was loaded anew and says `ready`.
 */
export class FigurePanel implements vscode.Disposable {
  static readonly viewType = 'atelier.figure';
  private readonly page: WebviewPage<FigureUpdate>;
  private readonly listeners: vscode.Disposable[];
  private readonly copies = new Map<string, string>();
  /** The page has loaded. */
  private ready = false;
  /** The page is on screen and has been given a snapshot. */
  private listening = false;
  /** A stop was asked for; shown until it has happened. */
  private stopping = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly context: FigureContext,
    private figure: Figure,
  ) {
    const { extension, figures, previews } = context;
    panel.title = tabTitle(figure);
    this.page = new WebviewPage(panel, extension, [figures.folder, previews.folder]);
    this.page.sign();
    this.listeners = [
      this.page,
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.listening = false;
        else if (this.ready && !this.listening) this.startUpdates();
      }),
      figures.onDidChange(({ figure: changed, event }) => {
        if (changed.folder === this.figure.folder) this.take(changed, event);
      }),
    ];
    this.page.load('figure');
    void this.copySources();
  }

  get folder(): string {
    return this.figure.folder;
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }

  private async receive(message: unknown): Promise<void> {
    if (!isFigureRequest(message)) {
      this.context.log.warn('A figure sent a message that is not understood.', message);
      return;
    }
    try {
      if (message.type === 'ready') {
        this.ready = true;
        if (this.panel.visible) this.startUpdates();
      } else if (message.type === 'stop') await this.stop();
      else await this.context.handle(message, this.figure);
    } catch (error) {
      await showError(error, this.context.log);
    }
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
    if (!this.listening) return;
    if (event?.event === 'cell') {
      const cell = cellOf(figure, event.id, this.page.toUri);
      if (cell !== undefined) this.page.post({ type: 'cells', cells: [cell] });
    } else if (event === undefined) this.rehydrate();
    else this.tellStatus();
  }

  private tellStatus(): void {
    if (this.listening) this.page.post({ type: 'status', status: statusOf(this.figure, this.stopping) });
  }

  private startUpdates(): void {
    this.listening = true;
    this.rehydrate();
  }

  private rehydrate(): void {
    const snapshot = snapshotOf(this.figure, this.copies, this.page.toUri, this.stopping);
    this.page.post({ type: 'snapshot', snapshot });
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
    if (this.listening) this.rehydrate();
  }
}
