import * as vscode from 'vscode';
import type { Run } from '../runs/run';
import { StudioPanel, type StudioContext } from './studioPanel';
import { columnBeside, SHOWN_RUN, STUDIO } from './studioTab';

/** Where it is remembered whether the studio follows the queue. */
const FOLLOWS = 'atelier.studio.follow';

/** The one studio of the window: opens beside the image, comes back after a reload with the run that it showed. */
export class Studio implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: StudioPanel | undefined;
  private readonly listeners: readonly vscode.Disposable[];

  constructor(
    private readonly context: StudioContext,
    private readonly memory: vscode.Memento,
  ) {
    this.listeners = [
      vscode.window.registerWebviewPanelSerializer(STUDIO, this),
      context.runs.onDidAskToShow(run => this.show(run)),
    ];
  }

  /** Whether the studio goes along with the queue, also after the window is loaded again. */
  private get following(): { now: boolean } {
    const { memory } = this;
    return {
      get now() {
        return memory.get<boolean>(FOLLOWS, false);
      },
      set now(follow) {
        void memory.update(FOLLOWS, follow);
      },
    };
  }

  /** The run that is shown, if any. */
  get run(): Run | undefined {
    return this.panel?.run;
  }

  /** Opens or reveals the studio, without taking the focus, on a run or on what it showed before. */
  show(run?: Run): void {
    if (this.panel === undefined) {
      const column = { viewColumn: columnBeside(vscode.window.tabGroups), preserveFocus: true };
      this.adopt(
        vscode.window.createWebviewPanel(STUDIO, vscode.l10n.t('Atelier Studio'), column, {
          // A page that has to load again takes a second to come back; kept, but told nothing, it costs only memory.
          retainContextWhenHidden: true,
        }),
        run,
      );
    } else {
      if (run !== undefined) this.panel.show(run);
      this.panel.panel.reveal(undefined, true);
    }
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
    const folder = this.memory.get<string>(SHOWN_RUN);
    const run =
      folder === undefined ? undefined : await this.context.runs.open(folder).catch(() => undefined);
    if (!closing.signal.aborted) this.adopt(panel, run);
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    this.panel?.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, run: Run | undefined): void {
    const studio = new StudioPanel(
      panel,
      this.context,
      run,
      folder => void this.memory.update(SHOWN_RUN, folder),
      this.following,
    );
    this.panel = studio;
    panel.onDidDispose(() => {
      studio.dispose();
      if (this.panel === studio) this.panel = undefined;
    });
  }
}
