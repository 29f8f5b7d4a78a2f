import * as vscode from 'vscode';
import type { PickerSnapshot, StylePickerRequest, StylePickerUpdate } from '../../protocol/stylePicker';
import { stylePickerStrings } from '../../protocol/stylePickerStrings';
import type { PresetName } from '../../recipe/presetNames';
import { browseImages } from '../imageFiles';
import { LivePanel } from '../panels/livePanel';
import type { Previews } from '../previews';
import { localized } from '../texts';
import { choosePreset, presetTitle } from './presets';
import { immediateItems, recipeItems, workspaceItems, type StyleItem } from './styleItems';
import type { StyleChoice, StyleQuestion } from './stylePicker';
import { sectionsOf } from './styleSections';
import { swatchFolder } from './swatches';

/** What the page needs from the rest of the extension. */
export interface StylePageContext {
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly previews: Previews;
}

/** Longest side of the pictures in pixels. */
const SIDE = 320;

/** One question for a style in its panel: what is known shows at once, the workspace is searched meanwhile. */
export class StyleQuestionPanel implements vscode.Disposable {
  /** What was chosen; undefined when nothing was, or the panel was closed. */
  readonly answer: Promise<StyleChoice | undefined>;
  private readonly page: LivePanel<StylePickerUpdate, StylePickerRequest>;
  private readonly search = new vscode.CancellationTokenSource();
  private readonly pictures = new Map<string, string>();
  private items: readonly StyleItem[] = [];
  private searching = true;
  private preset: PresetName | undefined;
  private settle!: (choice: StyleChoice | undefined) => void;

  constructor(
    panel: vscode.WebviewPanel,
    private readonly context: StylePageContext,
    private readonly question: StyleQuestion,
  ) {
    this.preset = question.preset;
    this.answer = new Promise(resolve => {
      this.settle = resolve;
    });
    this.page = new LivePanel<StylePickerUpdate, StylePickerRequest>(
      panel,
      {
        page: 'stylePicker',
        folders: [context.previews.folder],
        reader: async () => (await import('../deferred')).readStylePickerRequest,
        snapshot: () => this.snapshot(),
        handle: request => this.handle(request),
      },
      context,
    );
    panel.onDidDispose(() => this.settle(undefined));
    this.page.load(true);
    // A search that fails leaves the page with what it has.
    void this.fill().catch((error: unknown) => context.log.warn(String(error)));
  }

  dispose(): void {
    this.search.cancel();
    this.search.dispose();
    this.page.dispose();
  }

  private async snapshot(): Promise<StylePickerUpdate & { type: 'snapshot' }> {
    if (this.items.length === 0) this.items = await immediateItems(this.question.recent.all);
    const { title, blend = 'shares' } = this.question;
    const snapshot: PickerSnapshot = {
      strings: localized(stylePickerStrings),
      locale: vscode.env.language,
      title,
      blend,
      each: this.preset !== undefined,
      all: this.triable !== undefined,
      ...(this.preset === undefined
        ? {}
        : { preset: vscode.l10n.t('Preset: {0}', presetTitle(this.preset)) }),
      sections: sectionsOf(this.items, file => this.pictureOf(file)),
      searching: this.searching,
    };
    return { type: 'snapshot', snapshot };
  }

  /** A built-in style is its own picture, which every page may read; other files have copies. */
  private pictureOf(file: string): string {
    const drawn = this.pictures.get(file) ?? this.context.previews.ready(file, SIDE);
    const copy = file.startsWith(swatchFolder()) ? file : drawn;
    return copy === undefined ? '' : this.page.toUri(copy);
  }

  private async fill(): Promise<void> {
    const { contents, recent, recipes } = this.question;
    const { token } = this.search;
    const known = await immediateItems(recent.all);
    const found = await Promise.all([
      recipes.list(token).then(recipeItems),
      workspaceItems([...contents, ...recent.all], token),
    ]);
    if (token.isCancellationRequested) return;
    this.items = [...known, ...found.flat()];
    this.searching = false;
    this.page.renew();
    await this.draw(token);
  }

  /** Makes the pictures that are not there yet, one after the other: the engine is also wanted by others. */
  private async draw(token: vscode.CancellationToken): Promise<void> {
    const { previews, log } = this.context;
    for (const item of this.items) {
      if (item.means !== 'style' || item.style.startsWith('swatch:')) continue;
      try {
        const copy = await previews.of(item.style, SIDE);
        if (token.isCancellationRequested) return;
        this.pictures.set(item.style, copy);
        this.page.post({ type: 'picture', id: item.style, uri: this.page.toUri(copy) });
      } catch (error) {
        if (token.isCancellationRequested) return;
        log.warn(vscode.l10n.t('No preview of {0}: {1}', item.style, String(error)));
      }
    }
  }

  private async handle(request: Exclude<StylePickerRequest, { type: 'ready' }>): Promise<void> {
    switch (request.type) {
      case 'choose': {
        const styles = request.styles.map(({ id, weight }) => ({ image: id, weight }));
        return this.settle({ kind: 'styles', styles, combine: request.combine, preset: this.preset });
      }
      case 'recipe':
        return this.settle({ kind: 'recipe', file: request.id });
      case 'cancel':
        return this.settle(undefined);
      case 'preset':
        this.preset = (this.preset && (await choosePreset(this.preset))) ?? this.preset;
        return this.page.renew();
      case 'browse':
        return this.browse();
      case 'tryAll':
        if (this.triable === undefined) return;
        // What is chosen on that sheet is another question.
        this.settle(undefined);
        await vscode.commands.executeCommand('atelier.tryAllStyles', vscode.Uri.file(this.triable));
    }
  }

  /** The one image that a painting is to begin with. */
  private get triable(): string | undefined {
    const [content, ...others] = this.question.contents;
    return this.preset !== undefined && others.length === 0 ? content : undefined;
  }

  private async browse(): Promise<void> {
    const [beside] = this.question.contents;
    const styles = await browseImages({
      title: vscode.l10n.t('Choose a style image'),
      many: this.question.blend !== 'none',
      ...(beside === undefined ? {} : { beside }),
    });
    if (styles.length > 0) this.settle({ kind: 'styles', styles, combine: 'blend', preset: this.preset });
  }
}
