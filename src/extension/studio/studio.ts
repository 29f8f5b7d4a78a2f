import * as vscode from 'vscode';
import type { Run } from '../runs/run';
import { StudioPanel, type StudioContext } from './studioPanel';

/** Where the run of the panel is remembered over a reload of the window. */
const REMEMBERED = 'atelier.studio.run';

/** The one studio of the window: opens beside the image, comes back after a reload with the run that it showed. */
export class Studio implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: StudioPanel | undefined;
  private readonly serializer: vscode.Disposable;

  constructor(
    private readonly context: StudioContext,
    private readonly memory: vscode.Memento,
  ) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(StudioPanel.viewType, this);
  }

  /** The run that is shown, if any. */
  get run(): Run | undefined {
    return this.panel?.run;
  }

  /** Whether the studio is on screen. */
  get visible(): boolean {
    return this.panel?.panel.visible ?? false;
  }

  /** Where the studio is, while it is open. */
  get column(): vscode.ViewColumn | undefined {
    return this.panel?.panel.viewColumn;
  }

  /** Whether a run is on show, or will be when VS Code has restored the panel behind its tab. */
  shows({ folder }: Run): boolean {
    const isOpen = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .some(
        ({ input }) =>
          input instanceof vscode.TabInputWebview && input.viewType.endsWith(StudioPanel.viewType),
      );
    return isOpen && (this.run?.folder ?? this.memory.get<string>(REMEMBERED)) === folder;
  }

  /** Opens or reveals the studio, without taking the focus, on a run or on what it showed before. */
  show(run?: Run): void {
    if (this.panel === undefined) {
      // As `Beside`, but the same whether the group in front has an editor yet or not.
      const viewColumn = vscode.window.tabGroups.activeTabGroup.viewColumn + 1;
      const column = { viewColumn, preserveFocus: true };
      this.adopt(
        vscode.window.createWebviewPanel(StudioPanel.viewType, vscode.l10n.t('Atelier Studio'), column, {
          // A page that has to load again takes a second to come back; kept, but told nothing, it costs only memory.
          retainContextWhenHidden: true,
        }),
        run,
      );
    } else {
      if (run !== undefined) this.panel.show(run);
      this.panel.panel.reveal(undefined, true);
    }
    this.remember();
  }

  /** A run that is shown changed in another way than by an event. */
  renew(run: Run): void {
    if (this.run?.folder === run.folder) this.panel?.show(run);
  }

  /** Has the page copy the picture that it shows. */
  copyImage(): void {
    this.panel?.command('copyImage');
  }

  /** Called by VS Code when it restores the window. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    const closing = new AbortController();
    panel.onDidDispose(() => {
      closing.abort();
    });
    const folder = this.memory.get<string>(REMEMBERED);
    const run =
      folder === undefined ? undefined : await this.context.runs.open(folder).catch(() => undefined);
    if (!closing.signal.aborted) this.adopt(panel, run);
  }

  dispose(): void {
    this.serializer.dispose();
    this.panel?.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, run: Run | undefined): void {
    const studio = new StudioPanel(panel, this.context, run);
    this.panel = studio;
    panel.onDidDispose(() => {
      studio.dispose();
      if (this.panel === studio) this.panel = undefined;
    });
  }

  private remember(): void {
    void this.memory.update(REMEMBERED, this.run?.folder);
  }
}
