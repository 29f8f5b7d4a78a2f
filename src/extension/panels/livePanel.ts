import type * as vscode from 'vscode';
import type { Reader } from '../../protocol/schema';
import { showError } from '../problems';
import type { PageName } from '../webviewHtml';
import { WebviewPage } from '../webviewPage';

/** What a page shows, and what it may ask for. */
export interface LiveContent<Update, Request> {
  readonly page: PageName;
  /** Absolute paths that the page may read pictures from, beside those of the product. */
  readonly folders: readonly string[];
  /** Reads what the page says. Schemas are loaded when the first page speaks. */
  readonly reader: () => Promise<Reader<Request>>;
  /** Everything that a page needs that has nothing yet. What is posted meanwhile follows it. */
  snapshot(): Update | Promise<Update>;
  /** Does what the page asks. What it throws is shown. */
  handle(request: Exclude<Request, { readonly type: 'ready' }>): void | Promise<void>;
  /** Somebody looks from now on, or nobody any more. */
  turned?(live: boolean): void;
}

/** The page as those see it who have something to tell. */
export interface LivePage<Update> {
  /** Whether the page is on screen and follows. */
  readonly live: boolean;
  /** Where the page finds a file, an absolute path. */
  readonly toUri: (file: string) => string;
  /** Tells the page what changed, if it follows. */
  post(update: Update): void;
  /** So much is another that the page gets everything again, if it follows. */
  renew(): void;
}

interface Services {
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/**
 * A panel whose page follows something that lives in the host. The page says `ready` whenever it was loaded; while it is
 * on screen it gets one snapshot and then every update. While it is hidden it is told nothing, and gets another snapshot
 * when it shows again.
 */
export class LivePanel<Update, Request extends { readonly type: string }>
  implements LivePage<Update>, vscode.Disposable
{
  private readonly page: WebviewPage<Update>;
  private readonly listeners: readonly vscode.Disposable[];
  private reader: Promise<Reader<Request>> | undefined;
  /** The page has loaded. */
  private ready = false;
  private liveNow = false;
  /** Updates that wait for the snapshot before them; undefined when none is on its way. */
  private waiting: Update[] | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly content: LiveContent<Update, Request>,
    private readonly services: Services,
  ) {
    this.page = new WebviewPage(panel, services.extension, content.folders);
    this.listeners = [
      this.page,
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => this.follow()),
    ];
  }

  get live(): boolean {
    return this.liveNow;
  }

  get toUri(): (file: string) => string {
    return this.page.toUri;
  }

  /** Loads the page, in a tab with the product's sign unless that is an editor of a file. */
  load(signed: boolean): void {
    if (signed) this.page.sign();
    this.page.load(this.content.page);
  }

  post(update: Update): void {
    if (!this.liveNow) return;
    if (this.waiting === undefined) this.page.post(update);
    else this.waiting.push(update);
  }

  renew(): void {
    if (this.liveNow) void this.hydrate();
  }

  dispose(): void {
    this.stop();
    for (const listener of this.listeners) listener.dispose();
  }

  private async receive(message: unknown): Promise<void> {
    try {
      const read = await (this.reader ??= this.content.reader());
      const request = read(message);
      if (request === undefined)
        this.services.log.warn(
          `The page ${this.content.page} sent a message that is not understood.`,
          message,
        );
      else if (request.type === 'ready') this.greet();
      else await this.content.handle(request as Exclude<Request, { readonly type: 'ready' }>);
    } catch (error) {
      await showError(error, this.services.log);
    }
  }

  /** A page that waits long for its snapshot says again that it is ready. */
  private greet(): void {
    this.ready = true;
    if (this.panel.visible && this.waiting === undefined) this.start();
  }

  private follow(): void {
    if (this.panel.visible) {
      if (this.ready && !this.liveNow) this.start();
      return;
    }
    this.stop();
    // A page that VS Code does not keep is loaded anew, and says when it is there.
    if (this.panel.options.retainContextWhenHidden !== true) this.ready = false;
  }

  private start(): void {
    this.liveNow = true;
    void this.hydrate();
    this.content.turned?.(true);
  }

  private stop(): void {
    this.waiting = undefined;
    if (!this.liveNow) return;
    this.liveNow = false;
    this.content.turned?.(false);
  }

  private async hydrate(): Promise<void> {
    const waiting: Update[] = [];
    this.waiting = waiting;
    try {
      const snapshot = await this.content.snapshot();
      // Nobody looks any more, or another snapshot is on its way.
      if (this.waiting !== waiting) return;
      for (const update of [snapshot, ...waiting]) this.page.post(update);
    } catch (error) {
      await showError(error, this.services.log);
    } finally {
      if (this.waiting === waiting) this.waiting = undefined;
    }
  }
}
