import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { copyPicture } from '../common/pictures/clipboard';
import { dropping } from '../common/dropping/droppingStyles';
import { DropTarget } from '../common/dropping/dropTarget';
import { Host } from '../common/host';
import type { ViewChange } from '../common/pictures/pane';
import '../common/problemBanner';
import type { Problem } from '../../protocol/page';
import { fill } from '../../protocol/wording';
import {
  type Choice,
  type EditorRequest,
  type EditorSnapshot,
  type ImageInfo,
  readEditorUpdate,
  type ResultInfo,
  type RunInfo,
  type WholeChoice,
} from '../../protocol/imageEditor';
import type { EditorCommand } from '../../protocol/editorCommands';
import { base } from '../common/styles';
import type { Extent } from '../common/pictures/viewBox';
import { changed, choiceOf } from './choice';
import './comparison';
import type { Comparison } from './comparison';
import { CostQuestion } from './costQuestion';
import { applyUpdate, type EditorState } from './editorState';
import { editorStyles } from './editorStyles';
import './regions/painter';
import { RegionsKeys } from './regions/regionsKeys';
import { RegionsPainting } from './regions/painting';
import './regions/regionsBar';
import { RunStrength } from './runStrength';
import './styleBar';
import './viewToolbar';
import { defaultView, effectiveMode, viewSchemas, type EditorViewState, type Mode } from './viewState';

/** Where single keys mean something else than zooming and moving. */
const OWN_KEYS = 'input, [role="slider"], [role="radio"], vscode-single-select, vscode-button';

/** The image editor's view: the picture between a toolbar and the bar that stylizes it. */
@customElement('atelier-image-editor')
export class EditorApp extends LitElement {
  static override styles = [base, dropping, editorStyles];

  private readonly host = new Host(readEditorUpdate);
  private readonly strength = new RunStrength(ratio => this.send({ type: 'retune', ratio }));
  private readonly cost = new CostQuestion(request => this.send(request));
  private readonly painting = new RegionsPainting(this, request => this.send(request));
  private readonly regionsKeys = new RegionsKeys(this, this.painting);
  private readonly drop = new DropTarget(this, dropped => this.send(dropped));
  @state() private editor: EditorState | undefined;
  @state() private view: EditorViewState = this.host.restore(defaultView, viewSchemas);
  /** Size of the picture as the browser has it. */
  @state() private natural: Extent = { width: 0, height: 0 };
  @state() private zoom = 1;
  @state() private broken = false;
  @state() private said = '';
  @query('atelier-comparison') private readonly comparison!: Comparison | null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.listen(update => {
      if (update.type === 'command') {
        this.applyUpdate(update.command);
        return;
      }
      if (update.type === 'image' || update.type === 'snapshot') this.broken = false;
      if (update.type === 'snapshot') this.giveWay(update.snapshot);
      if (update.type === 'styles' && update.chosen !== undefined) {
        const { chosen: style, paintedAt = this.view.paintedAt } = update;
        this.arrange({ style, paintedAt });
      }
      if (update.type === 'run') this.follow(update.run);
      if (update.type === 'snapshot') void this.painting.receive(update.snapshot.regions);
      if (update.type === 'regions') void this.painting.receive(update.regions);
      this.editor = applyUpdate(this.editor, update);
    });
    document.addEventListener('keydown', this.key);
    this.host.connect(() => [{ type: 'ready' }]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.key);
    this.cost.dispose();
  }

  protected override updated(): void {
    const { editor } = this;
    if (editor === undefined || this.image(editor).problem !== undefined) return;
    const extent = this.extent(editor);
    void this.painting.measure(extent);
    this.regionsKeys.active = this.view.regions;
    const choice = choiceOf(editor, this.view);
    if (choice !== undefined && extent.width > 0 && extent.height > 0)
      this.cost.ask(choice, extent, editor.run === undefined);
  }

  protected override render(): unknown {
    const { editor } = this;
    if (editor === undefined) return nothing;
    const { strings, locale, results, notice } = editor;
    const image = this.image(editor);
    const extent = this.extent(editor);
    return html`<atelier-view-toolbar
        .strings=${strings}
        .locale=${locale}
        .image=${image}
        .extent=${extent}
        .results=${results}
        .result=${this.result(editor)}
        .mode=${this.mode(editor)}
        .zoom=${this.zoom}
        .regions=${this.view.regions}
        @regions=${({ detail }: CustomEvent<boolean>) => this.arrange({ regions: detail })}
        @mode=${({ detail }: CustomEvent<Mode>) => this.arrange({ mode: detail })}
        @result=${({ detail }: CustomEvent<string>) => this.arrange({ result: detail })}
        @zoom=${({ detail }: CustomEvent<'in' | 'out' | 'fit' | 'actual'>) => this.comparison?.zoom(detail)}
        @copy=${() => void this.copy()}
        @open=${() => this.open()}
      ></atelier-view-toolbar>
      ${
        this.view.regions && image.problem === undefined
          ? html`<atelier-regions-bar .strings=${strings} .painting=${this.painting}></atelier-regions-bar>`
          : nothing
      }
      ${this.picture(editor, extent)} ${notice === undefined ? nothing : this.problem(notice, 'notice')}
      ${image.problem === undefined ? this.bar(editor, extent) : nothing}
      <div class="hidden-text" role="status">${this.said}</div>
      ${this.drop.over ? html`<div class="dropping">${strings.dropStyle}</div>` : nothing}`;
  }

  private bar(editor: EditorState, extent: Extent): unknown {
    const choice = choiceOf(editor, this.view);
    if (choice === undefined) return nothing;
    return html`<atelier-style-bar
      .strings=${editor.strings}
      .locale=${editor.locale}
      .styles=${editor.styles}
      .presets=${editor.presets}
      .look=${editor.look}
      .choice=${choice}
      .more=${this.view.more}
      .longest=${extent.width > 0 ? Math.max(extent.width, extent.height) : undefined}
      .run=${this.strength.over(editor.run)}
      .estimate=${editor.estimate}
      @choose=${({ detail }: CustomEvent<Partial<Choice>>) => this.choose(choice, detail)}
      @retune=${({ detail }: CustomEvent<number>) => this.retune(detail)}
      @more=${({ detail }: CustomEvent<boolean>) => this.arrange({ more: detail })}
      @pick=${() => this.send({ type: 'pickStyle' })}
      @stylize=${() => void this.painting.after(() => this.send({ type: 'stylize', ...choice }))}
      @show=${() => this.send({ type: 'showRun' })}
    ></atelier-style-bar>`;
  }

  private picture(editor: EditorState, extent: Extent): unknown {
    const { strings } = editor;
    const image = this.image(editor);
    if (image.problem !== undefined) return this.problem(image.problem, 'problem');
    return html`<atelier-comparison
      .strings=${strings}
      .mode=${this.mode(editor)}
      .image=${image}
      .result=${this.result(editor)}
      .extent=${extent}
      .view=${this.view.view}
      .divider=${this.view.divider}
      .opacity=${this.view.opacity}
      .overlay=${this.view.regions && extent.width > 0 ? this.painter(editor, image) : nothing}
      @view-change=${({ detail }: ViewChange) => this.arrange({ view: detail })}
      @divider=${({ detail }: CustomEvent<number>) => this.arrange({ divider: detail })}
      @opacity=${({ detail }: CustomEvent<number>) => this.arrange({ opacity: detail })}
      @zoom=${({ detail }: CustomEvent<number>) => (this.zoom = detail)}
      @size=${({ detail }: CustomEvent<Extent>) => (this.natural = detail)}
      @broken=${({ detail }: CustomEvent<string>) => (this.broken ||= detail === 'image')}
    ></atelier-comparison>`;
  }

  private painter({ strings }: EditorState, { uri }: ImageInfo): unknown {
    const { painting } = this;
    return html`<atelier-mask-painter
      .painting=${painting}
      .uri=${uri}
      .label=${strings.painterHint}
      .tintOpacity=${painting.opacity}
      .brush=${painting.size}
      .panning=${this.regionsKeys.panning}
    ></atelier-mask-painter>`;
  }

  private problem(problem: Problem, place: string): unknown {
    return html`<atelier-problem
      class=${place}
      .problem=${problem}
      .dismiss=${place === 'notice' ? (this.editor?.strings.dismiss ?? '') : ''}
      @dismiss=${() => (this.editor = this.editor && { ...this.editor, notice: undefined })}
      @action=${({ detail }: CustomEvent<string>) => this.send({ type: 'action', action: detail })}
    ></atelier-problem>`;
  }

  /** The image, with what the host did not see: that the browser cannot show it. */
  private image({ image, strings }: EditorState): ImageInfo {
    if (!this.broken || image.problem !== undefined) return image;
    const sentence = fill(strings.cannotShow, { name: image.name });
    return { ...image, problem: { severity: 'error', sentence, actions: [] } };
  }

  private extent({ image: { width, height } }: EditorState): Extent {
    return width !== undefined && height !== undefined ? { width, height } : this.natural;
  }

  private result({ results }: EditorState): ResultInfo | undefined {
    return results.find(({ id }) => id === this.view.result) ?? results[0];
  }

  private mode({ results }: EditorState): Mode {
    return this.view.regions ? 'image' : effectiveMode(this.view.mode, results.length);
  }

  private choose(before: WholeChoice, change: Partial<Choice>): void {
    this.arrange(changed(before, this.view, change));
  }

  private retune(ratio: number): void {
    this.strength.set(ratio);
    this.requestUpdate();
  }

  /** The next painting begins as strong as the one before it ended. */
  private follow(run: RunInfo | undefined): void {
    const before = this.strength.over(this.editor?.run)?.strength;
    this.strength.heard(run);
    if (run !== undefined || before === undefined || this.editor === undefined) return;
    const choice = choiceOf(this.editor, this.view);
    if (choice !== undefined && choice.statistics === before.statistics)
      this.arrange({ ratio: before.ratio });
  }

  /** The style of a painting that was asked for elsewhere replaces the one that was chosen here before. */
  private giveWay({ style, paintedAt }: EditorSnapshot): void {
    if (paintedAt !== undefined && paintedAt > (this.view.paintedAt ?? ''))
      this.arrange({ style, paintedAt });
  }

  private applyUpdate(command: EditorCommand): void {
    switch (command) {
      case 'zoomIn':
        this.comparison?.zoom('in');
        break;
      case 'zoomOut':
        this.comparison?.zoom('out');
        break;
      case 'fit':
        this.comparison?.zoom('fit');
        break;
      case 'actualSize':
        this.comparison?.zoom('actual');
        break;
      case 'copyImage':
        void this.copy();
        break;
      default:
        this.arrange({ mode: command.slice('view:'.length) as Mode });
    }
  }

  private readonly key = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (
      target instanceof Element &&
      target.matches(OWN_KEYS) &&
      (moves !== undefined || target.matches('input'))
    )
      return;
    const zoom = ({ '+': 'in', '=': 'in', '-': 'out', _: 'out', '0': 'fit', '1': 'actual' } as const)[
      event.key
    ];
    if (zoom !== undefined) this.comparison?.zoom(zoom);
    else if (moves !== undefined) this.comparison?.nudge((moves[0] ?? 0) * 0.1, (moves[1] ?? 0) * 0.1);
    else return;
    event.preventDefault();
  };

  private open(): void {
    const result = this.editor && this.result(this.editor);
    if (result !== undefined) this.send({ type: 'openResult', id: result.id });
  }

  /** The image where only it is shown, the result where they are compared. */
  private async copy(): Promise<void> {
    const { editor } = this;
    if (editor === undefined) return;
    const shown = this.mode(editor) === 'image' ? editor.image : (this.result(editor) ?? editor.image);
    try {
      await copyPicture(shown.uri);
      this.said = editor.strings.copied;
      this.send({ type: 'copied' });
    } catch (error) {
      this.send({ type: 'copied', error: error instanceof Error ? error.message : String(error) });
    }
  }

  private arrange(change: Partial<EditorViewState>): void {
    this.view = { ...this.view, ...change };
    this.host.keep(this.view);
  }

  private send(request: EditorRequest): void {
    this.host.send(request);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-image-editor': EditorApp;
  }
}
