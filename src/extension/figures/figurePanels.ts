import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Settings } from '../settings';
import type { Figure } from './figure';
import { FigurePanel, type FigureContext } from './figurePanel';
import { tabTitle } from './figureView';

/** The panels of figures: one for each, in front when it is asked for, and back after a reload of the window. */
export class FigurePanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly panels = new Map<string, FigurePanel>();
  private readonly listeners: readonly vscode.Disposable[];

  constructor(
    private readonly context: FigureContext,
    private readonly settings: Settings,
  ) {
    this.listeners = [
      vscode.window.registerWebviewPanelSerializer(FigurePanel.viewType, this),
      context.figures.onDidAskToShow(figure => this.show(figure)),
    ];
  }

  show(figure: Figure): void {
    const open = this.panels.get(figure.folder);
    if (open !== undefined) {
      open.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      FigurePanel.viewType,
      tabTitle(figure),
      vscode.ViewColumn.Active,
      // A page that loads anew takes a second to show, and forgets which picture was enlarged.
      { retainContextWhenHidden: true },
    );
    this.adopt(panel, figure);
  }

  /** Whether the panel of a figure is there, and no other editor lies over it. */
  isInSight({ folder }: Figure): boolean {
    return this.panels.get(folder)?.panel.visible === true;
  }

  /** Called by VS Code when it restores the window, with what the page has kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const { figures, log } = this.context;
    const id = typeof kept === 'object' && kept !== null && 'figure' in kept ? String(kept.figure) : '';
    try {
      // A name in our folder, never a way out of it.
      if (!/^[\w-]+$/.test(id)) throw new Error(`not a figure: ${id}`);
      const figure = await figures.open(path.join(figures.folder, id));
      this.adopt(panel, figure);
      if (figure.status === 'interrupted' && this.settings.resume === 'always')
        await figures.resume(figure.folder);
    } catch (error) {
      log.warn('A figure could not be shown again.', error);
      panel.dispose();
    }
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    for (const panel of this.panels.values()) panel.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, figure: Figure): void {
    const adopted = new FigurePanel(panel, this.context, figure);
    this.panels.set(figure.folder, adopted);
    panel.onDidDispose(() => {
      adopted.dispose();
      if (this.panels.get(figure.folder) === adopted) this.panels.delete(figure.folder);
    });
  }
}
