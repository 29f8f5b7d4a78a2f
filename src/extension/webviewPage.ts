import * as vscode from 'vscode';
import { swatchFolder } from './stylize/swatches';
import { pageRoot, webviewHtml, type PageName } from './webviewHtml';

/**
 * The page in a panel. A panel may be closed while something is awaited for it, and VS Code then throws from every
 * use of its webview; here a page that is closed is told nothing, and shows nothing.
 */
export class WebviewPage<Update> implements vscode.Disposable {
  private closed = false;
  private readonly closing: vscode.Disposable;

  /** @param folders absolute paths that the page may read pictures from, beside those of the product */
  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly extension: vscode.Uri,
    folders: readonly string[],
  ) {
    this.closing = panel.onDidDispose(() => {
      this.closed = true;
    });
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [
        pageRoot(extension),
        ...[...folders, swatchFolder()].map(folder => vscode.Uri.file(folder)),
      ],
    };
  }

  /** Gives the tab the product's sign. Not for editors of files, which have the sign of their file. */
  sign(): void {
    this.panel.iconPath = {
      light: vscode.Uri.joinPath(this.extension, 'media', 'atelier-light.svg'),
      dark: vscode.Uri.joinPath(this.extension, 'media', 'atelier-dark.svg'),
    };
  }

  /** Loads the page, which says `ready` when it listens: whoever hears it must listen before. */
  load(name: PageName): void {
    const { webview } = this.panel;
    webview.html = webviewHtml(webview, this.extension, name);
  }

  /** Where the page finds a file, an absolute path. Empty when the page is closed. */
  readonly toUri = (file: string): string =>
    this.closed ? '' : this.panel.webview.asWebviewUri(vscode.Uri.file(file)).toString();

  post(update: Update): void {
    if (!this.closed) void this.panel.webview.postMessage(update);
  }

  dispose(): void {
    this.closed = true;
    this.closing.dispose();
  }
}
