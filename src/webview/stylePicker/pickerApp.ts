import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import {
  readStylePickerUpdate,
  type PickerItem,
  type PickerSnapshot,
  type StylePickerRequest,
  type StylePickerUpdate,
} from '../../protocol/stylePicker';
import { fill } from '../../protocol/wording';
import { Host } from '../common/host';
import { icon } from '../common/icon';
import type { IconName } from '../common/iconName';
import { base, field, tools } from '../common/styles';
import './blendBar';
import './pickerGrid';
import type { PickerGrid } from './pickerGrid';
import { filtered, toggled, weightsOf, type Part } from './pickerState';

/** The page on which a style is chosen: type to filter, arrows to move, Enter to choose. */
@customElement('atelier-style-picker')
export class PickerApp extends LitElement {
  static override styles = [
    base,
    field,
    tools,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        grid-template-rows: auto minmax(0, 1fr) auto;
        height: 100vh;
      }
      header {
        align-items: center;
        display: flex;
        flex-wrap: wrap;
        gap: 6px 10px;
        padding: 10px 14px 8px;
      }
      h1 {
        flex: 1 0 100%;
        font-size: 1.15em;
        font-weight: 600;
        margin: 0;
      }
      .text {
        flex: 0 1 220px;
        width: auto;
      }
      .hint {
        padding: 0 14px;
      }
      .tools {
        flex-wrap: wrap;
      }
      .none {
        margin: 8px 14px;
      }
      main {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .keys {
        flex: 1 0 12em;
        text-align: end;
      }
    `,
  ];

  private readonly host = new Host<StylePickerRequest, StylePickerUpdate>(readStylePickerUpdate);
  @state() private shown: PickerSnapshot | undefined;
  @state() private filter = '';
  @state() private parts: readonly Part[] = [];
  @state() private blending = false;
  @query('.text') private readonly input!: HTMLInputElement | null;
  @query('atelier-picker-grid') private readonly grid!: PickerGrid | null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.host.listen(update => void this.take(update));
    this.host.connect(() => [{ type: 'ready' }]);
    window.addEventListener('keydown', this.key);
    window.addEventListener('focus', this.focusGrid);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.key);
    window.removeEventListener('focus', this.focusGrid);
  }

  private async take(update: StylePickerUpdate): Promise<void> {
    const isFirst = this.shown === undefined;
    this.shown = update.type === 'snapshot' ? update.snapshot : this.shown && withPicture(this.shown, update);
    if (!isFirst) return;
    await this.updateComplete;
    this.focusGrid();
  }

  /** The keys are for the pictures until something else has the focus. */
  private readonly focusGrid = (): void => {
    if (this.shadowRoot?.activeElement === null) this.grid?.focus();
  };

  protected override render(): unknown {
    if (this.shown === undefined) return nothing;
    const { strings, locale, title, blend, each, sections, searching } = this.shown;
    const found = filtered(sections, this.filter);
    const count = found.reduce((sum, { items }) => sum + items.length, 0);
    const several = blend !== 'none';
    return html`<header>
        <h1>${title}</h1>
        <input
          class="text"
          type="search"
          placeholder=${strings.filter}
          aria-label=${strings.filter}
          .value=${this.filter}
          @input=${() => (this.filter = this.input?.value ?? '')}
          @keydown=${(event: KeyboardEvent) => this.filterKey(event)}
        />
        <div class="tools">${this.buttons(this.shown)}</div>
        <span class="keys muted">${several ? strings.blendHint : strings.hint}</span>
      </header>
      <main>
        <div class="none muted" role="status">
          ${searching ? strings.searching : count === 0 ? strings.noMatch : nothing}
          <span class="hidden-text"
            >${this.filter === '' || count === 0 ? nothing : fill(strings.found, { count })}</span
          >
        </div>
        <atelier-picker-grid
          ?hidden=${count === 0}
          .label=${strings.styles}
          .sections=${found}
          .chosen=${this.parts.map(({ id }) => id)}
          .several=${several}
          .blending=${this.blending || this.parts.length > 0}
          @choose=${({ detail }: CustomEvent<PickerItem>) => this.choose(detail)}
          @toggle=${({ detail }: CustomEvent<PickerItem>) => this.toggle(detail.id)}
        ></atelier-picker-grid>
      </main>
      ${
        this.blending || this.parts.length > 0
          ? html`<atelier-blend-bar
              .strings=${strings}
              .locale=${locale}
              .parts=${this.parts}
              .items=${sections.flatMap(({ items }) => items)}
              .blend=${blend}
              .each=${each}
              @weight=${({ detail }: CustomEvent<Part>) => this.weigh(detail)}
              @remove=${({ detail }: CustomEvent<string>) => this.takeOut(detail)}
              @use=${({ detail }: CustomEvent<'blend' | 'each'>) => this.use(detail)}
            ></atelier-blend-bar>`
          : html`<span></span>`
      }`;
  }

  private buttons({ strings, blend, preset, all }: PickerSnapshot): unknown {
    const button = (name: IconName, label: string, press: () => void): unknown =>
      html`<button class="tool" @click=${press}>${icon(name)}<span>${label}</span></button>`;
    return html`${
      blend === 'none'
        ? nothing
        : html`<button
            class="tool"
            aria-pressed=${this.blending || this.parts.length > 0}
            @click=${() => this.switchBlending()}
          >
            ${icon('layers')}<span>${strings.blendSeveral}</span>
          </button>`
    }
    ${all ? button('table', strings.tryAll, () => this.send({ type: 'tryAll' })) : nothing}
    ${button('folder-opened', strings.browse, () => this.send({ type: 'browse' }))}
    ${preset === undefined ? nothing : button('settings', preset, () => this.send({ type: 'preset' }))}
    ${button('close', strings.cancel, () => this.send({ type: 'cancel' }))}`;
  }

  /** Letters go into the filter, wherever the focus is; Escape leaves. */
  private readonly key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') this.send({ type: 'cancel' });
    else if (event.key.length === 1 && event.key !== ' ' && event.composedPath()[0] !== this.input)
      // The letter itself arrives in the field.
      this.input?.focus();
  };

  private filterKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter' && this.grid?.current !== undefined && !this.grid.hidden)
      this.choose(this.grid.current);
    else if (event.key === 'ArrowDown') this.grid?.focus();
    else if (event.key === 'Escape' && this.filter !== '') this.filter = '';
    else return;
    event.preventDefault();
  }

  /** While a blend is made, Enter takes that. */
  private choose({ id, kind }: PickerItem): void {
    if (this.parts.length > 0) this.use('blend');
    else if (kind === 'recipe') this.send({ type: 'recipe', id });
    else this.send({ type: 'choose', styles: [{ id, weight: 1 }], combine: 'blend' });
  }

  private use(combine: 'blend' | 'each'): void {
    this.send({ type: 'choose', styles: [...weightsOf(this.parts)], combine });
  }

  private toggle(id: string): void {
    this.parts = toggled(this.parts, id);
  }

  /** The button that was pressed is gone: the keys are for the pictures again. */
  private takeOut(id: string): void {
    this.toggle(id);
    this.grid?.focus();
  }

  private weigh(changed: Part): void {
    this.parts = this.parts.map(part => (part.id === changed.id ? changed : part));
  }

  private switchBlending(): void {
    const isOn = this.blending || this.parts.length > 0;
    this.blending = !isOn;
    if (isOn) this.parts = [];
  }

  private send(request: StylePickerRequest): void {
    this.host.send(request);
  }
}

function withPicture(
  snapshot: PickerSnapshot,
  { id, uri }: StylePickerUpdate & { type: 'picture' },
): PickerSnapshot {
  const sections = snapshot.sections.map(({ label, items }) => ({
    label,
    items: items.map(item => (item.id === id ? { ...item, uri } : item)),
  }));
  return { ...snapshot, sections };
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-style-picker': PickerApp;
  }
}
