import * as path from 'node:path';
import * as vscode from 'vscode';
import { isActive } from '../../jobs/state';
import type {
  EditorRequest,
  EditorSnapshot,
  EditorUpdate,
  RunInfo,
  StyleInfo,
} from '../../protocol/imageEditor';
import type { EditorCommand } from '../../protocol/editorCommands';
import type { Problem } from '../../protocol/page';
import { imageEditorStrings } from '../../protocol/strings';
import type { EngineOwner } from '../engine/engineOwner';
import { LivePanel } from '../panels/livePanel';
import type { Previews } from '../previews';
import { showError } from '../problems';
import type { Run } from '../runs/run';
import type { Runs } from '../runs/runs';
import type { Settings } from '../settings';
import { lookControls } from '../stylize/look';
import type { RecentStyles } from '../stylize/recentStyles';
import { styleName } from '../stylize/styleName';
import { swatches, swatchOf } from '../stylize/swatches';
import { localized } from '../texts';
import { handleEditorRequest, type EditorDependencies } from './editorRequests';
import { paintingPlan, presentEstimate } from './estimate';
import { imageInfo } from './imageInfo';
import { presetInfos } from './presetInfos';
import { runInfo } from './runInfo';
import type { ImageDocument } from './regions/imageDocument';
import { contentIn, resultsBeside, resultsOfRuns, type Result } from './results';

/** What an editor needs from the rest of the extension. */
export interface EditorContext extends EditorDependencies {
  readonly extension: vscode.Uri;
  readonly runs: Runs;
  readonly engine: EngineOwner;
  readonly previews: Previews;
  readonly settings: Settings;
  readonly recent: RecentStyles;
  readonly log: vscode.LogOutputChannel;
}

/** Longest side of a style's picture in the bar, in pixels. */
const STYLE_SIDE = 256;
/** Events of a running painting come faster than a bar needs to move. */
const GATHER_MS = 400;

/** One editor of one image: shows it, its paintings, and a bar to make another. Follows the file on disk. */
export class ImageEditor implements vscode.Disposable {
  /** Absolute path. */
  readonly file: string;
  private readonly page: LivePanel<EditorUpdate, EditorRequest>;
  private readonly listeners: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private known: readonly Result[] = [];
  /** When the newest painting of the image was asked for that the page knows of. */
  private paintedAt: string | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly document: ImageDocument,
    private readonly context: EditorContext,
  ) {
    const { runs, previews } = context;
    const { file } = document;
    this.file = file;
    this.page = new LivePanel<EditorUpdate, EditorRequest>(
      panel,
      {
        page: 'imageEditor',
        folders: [path.dirname(file), runs.folder, previews.folder],
        reader: async () => (await import('../deferred')).readEditorRequest,
        snapshot: async () => ({ type: 'snapshot', snapshot: await this.snapshot() }),
        handle: request => handleEditorRequest(request, this, context),
      },
      context,
    );
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(path.dirname(file)), path.basename(file)),
    );
    const changed = () => void this.guard(this.sendImage());
    this.listeners = [
      this.page,
      watcher,
      document.onDidChange(by => {
        // An editor has what it has changed itself.
        if (by !== this) this.page.post({ type: 'regions', regions: document.infos });
      }),
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      runs.onDidChange(run => {
        if (this.isOurs(run)) this.later();
      }),
      runs.onDidChangeList(() => {
        this.later();
      }),
      // Also from the studio.
      runs.onDidAskToRetune(({ folder }) => {
        if (this.activeRun?.folder === folder) this.page.post({ type: 'run', run: this.runInfo });
      }),
    ];
    this.page.load(false);
  }

  /** Has the page carry out a command of VS Code. */
  command(command: EditorCommand): void {
    this.page.post({ type: 'command', command });
  }

  /** Chooses a style that may be new to the bar. */
  choose(style: string): void {
    this.page.post({ type: 'styles', styles: this.styles([style]), chosen: style });
  }

  /** Shows a sentence over the picture. */
  notice(notice: Problem | undefined): void {
    this.page.post({ type: 'notice', notice });
  }

  /** Answers what a painting of the size would cost. Where nobody can tell, nothing is said. */
  async estimate({ choice, width, height }: EditorRequest & { type: 'estimate' }): Promise<void> {
    const { engine, settings, log } = this.context;
    const image = { width, height };
    const plan = paintingPlan(this.file, image, choice, settings);
    try {
      const cost = await engine.ask({ type: 'estimate', plan });
      this.page.post({ type: 'estimate', estimate: presentEstimate(cost, plan.size) });
    } catch (error) {
      log.debug('What a painting would cost is not known.', error);
      this.page.post({ type: 'estimate' });
    }
  }

  /** The painting with this id, as it was last sent. */
  result(id: string): Result | undefined {
    return this.known.find(({ info }) => info.id === id);
  }

  /** The run of this image that is waiting or at work. */
  get activeRun(): Run | undefined {
    return this.context.runs.all.find(run => this.isOurs(run) && run.here && isActive(run.state));
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners) listener.dispose();
  }

  private async snapshot(): Promise<EditorSnapshot> {
    const [image] = await Promise.all([this.readImage(), this.findResults(), this.offerOriginal()]);
    this.paintedAt = this.newest?.createdAt;
    return {
      strings: localized(imageEditorStrings),
      locale: vscode.env.language,
      image,
      results: this.known.map(({ info }) => info),
      styles: this.styles(this.styleOfNewest),
      style: this.style,
      presets: presetInfos(this.file, this.context.settings),
      preset: this.context.settings.preset,
      look: lookControls(),
      paintedAt: this.paintedAt,
      run: this.runInfo,
      regions: this.document.infos,
    };
  }

  private async sendImage(): Promise<void> {
    if (this.page.live) this.page.post({ type: 'image', image: await this.readImage() });
  }

  private readImage() {
    const { engine, previews } = this.context;
    return imageInfo(this.file, this.page.toUri, engine, previews);
  }

  private async findResults(): Promise<void> {
    const ofRuns = resultsOfRuns(this.file, this.context.runs.all, this.page.toUri);
    const saved = new Set(ofRuns.flatMap(one => (one.saved === undefined ? [] : [one.saved])));
    this.known = [...ofRuns, ...(await resultsBeside(this.file, saved, this.page.toUri))];
    // The walkthrough wants to know.
    if (this.known.some(({ info }) => !info.running))
      await vscode.commands.executeCommand('setContext', 'atelier.compared', true);
  }

  private async sendResults(): Promise<void> {
    if (!this.page.live) return;
    await this.findResults();
    this.page.post({ type: 'results', results: this.known.map(({ info }) => info) });
    this.page.post({ type: 'run', run: this.runInfo });
    this.takeOverStyle();
  }

  /** A painting that was asked for elsewhere leaves its style in the bar. */
  private takeOverStyle(): void {
    const { newest, styleOfNewest } = this;
    if (newest === undefined || newest.createdAt <= (this.paintedAt ?? '')) return;
    this.paintedAt = newest.createdAt;
    const [chosen] = styleOfNewest;
    this.page.post({ type: 'styles', styles: this.styles(styleOfNewest), chosen, paintedAt: this.paintedAt });
  }

  private get newest(): Run | undefined {
    return this.context.runs.all
      .filter(run => this.isOurs(run))
      .reduce<Run | undefined>(
        (latest, run) => (latest === undefined || run.createdAt > latest.createdAt ? run : latest),
        undefined,
      );
  }

  /** A blend is none of the bar's styles. */
  private get styleOfNewest(): readonly string[] {
    const styles = this.newest?.recipe.styles ?? [];
    return styles.length === 1 ? styles.map(({ image }) => image) : [];
  }

  /** A painting knows what it was made from. */
  private async offerOriginal(): Promise<void> {
    const content = await contentIn(this.file);
    if (content === undefined || content === this.file) return;
    this.notice({
      severity: 'info',
      sentence: vscode.l10n.t('This painting was made from {0}.', path.basename(content)),
      actions: [{ id: 'compare', label: vscode.l10n.t('Compare') }],
    });
  }

  private later(): void {
    if (!this.page.live) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.guard(this.sendResults());
    }, GATHER_MS);
  }

  private styles(more: readonly string[] = []): readonly StyleInfo[] {
    const { recent, previews } = this.context;
    const own = [...new Set([...more, ...recent.all])].filter(style => swatchOf(style) === undefined);
    return [
      ...own.map((style): StyleInfo => {
        const copy = previews.ready(style, STYLE_SIDE);
        return { id: style, name: styleName(style), uri: copy === undefined ? '' : this.page.toUri(copy) };
      }),
      ...swatches().map(({ style, file, title }): StyleInfo => ({
        id: style,
        name: title,
        uri: this.page.toUri(file),
      })),
    ];
  }

  /** The style to begin with. */
  get style(): string | undefined {
    const [style] = [...this.styleOfNewest, ...this.context.recent.all];
    return style ?? swatches()[0]?.style;
  }

  private get runInfo(): RunInfo | undefined {
    const run = this.activeRun;
    return runInfo(run, run === undefined ? {} : this.context.runs.tuningOf(run.folder));
  }

  private isOurs({ recipe }: Run): boolean {
    return path.resolve(recipe.content) === path.resolve(this.file);
  }

  /** What goes wrong in answering the page is shown, over the picture where that is possible. */
  private async guard(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      await showError(error, this.context.log);
    }
  }
}
