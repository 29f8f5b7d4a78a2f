import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PickerItem, PickerSection } from '../../protocol/stylePicker';
import { icon } from '../common/icon';
import '../common/pictures/thumbnail';
import { base } from '../common/styles';
import { step } from './pickerState';

/** Keys that lead from one picture to another. */
const MOVES: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

/** All styles as pictures in sections. Fires `choose` and, where a blend is possible, `toggle`, with the item. */
@customElement('atelier-picker-grid')
export class PickerGrid extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        min-height: 0;
        overflow: auto;
      }
      .list {
        padding: 0 14px 14px;
      }
      .list:focus-visible {
        outline: none;
      }
      .group {
        margin: 0 -6px;
      }
      .heading {
        color: var(--vscode-descriptionForeground);
        font-weight: 600;
        padding: 12px 6px 4px;
      }
      .cells {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
      }
      .cell {
        border: 1px solid transparent;
        border-radius: 5px;
        cursor: pointer;
        min-width: 0;
        padding: 5px;
        position: relative;
      }
      .cell:hover {
        background: var(--vscode-list-hoverBackground);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .list:focus-visible .cell.active {
        border-color: var(--vscode-focusBorder);
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -2px;
      }
      .cell[aria-selected='true'] {
        border-color: var(--vscode-contrastActiveBorder, var(--vscode-focusBorder));
      }
      atelier-thumbnail {
        aspect-ratio: 4 / 3;
        border: 1px solid var(--vscode-contrastBorder, transparent);
        width: 100%;
      }
      .recipe {
        aspect-ratio: 4 / 3;
        background: var(--vscode-editorWidget-background);
        border: 1px solid var(--vscode-contrastBorder, transparent);
        border-radius: 3px;
        display: grid;
        place-items: center;
      }
      .name {
        display: block;
        padding-top: 4px;
      }
      .detail {
        display: block;
        font-size: 0.92em;
      }
      .mark {
        align-items: center;
        background: var(--vscode-checkbox-background, var(--vscode-editor-background));
        border: 1px solid var(--vscode-checkbox-border, var(--vscode-contrastBorder, currentColor));
        border-radius: 3px;
        color: var(--vscode-checkbox-foreground, var(--vscode-foreground));
        display: flex;
        height: 22px;
        justify-content: center;
        opacity: 0;
        position: absolute;
        right: 10px;
        top: 10px;
        width: 22px;
      }
      .cell:hover .mark,
      .blending .mark,
      .cell[aria-selected='true'] .mark {
        opacity: 1;
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) sections: readonly PickerSection[] = [];
  /** Ids of the styles in the blend. */
  @property({ attribute: false }) chosen: readonly string[] = [];
  /** Whether there may be a blend. */
  @property({ type: Boolean }) several = false;
  /** Whether a click adds to the blend instead of choosing. */
  @property({ type: Boolean }) blending = false;
  /** The item that keys act on, by its place in reading order. */
  @state() private active = 0;
  @query('.list') private readonly list!: HTMLElement | null;

  override focus(): void {
    this.list?.focus();
  }

  /** The item that keys act on. */
  get current(): PickerItem | undefined {
    return this.items[this.active];
  }

  private get items(): readonly PickerItem[] {
    return this.sections.flatMap(({ items }) => items);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('sections');
    if (before === undefined) return;
    // What is found later does not move the focus; what is filtered out loses it.
    const id = before.flatMap(({ items }) => items)[this.active]?.id;
    this.active = Math.max(
      0,
      this.items.findIndex(item => item.id === id),
    );
  }

  protected override render(): unknown {
    let index = 0;
    return html`<div
      class="list ${this.blending ? 'blending' : ''}"
      role="listbox"
      tabindex="0"
      aria-label=${this.label}
      aria-multiselectable=${this.several}
      aria-activedescendant=${this.current === undefined ? nothing : `item-${this.active}`}
      @keydown=${(event: KeyboardEvent) => this.key(event)}
    >
      ${this.sections.map(
        ({ label, items }, section) =>
          html`<div class="group" role="group" aria-labelledby="section-${section}">
            <div class="heading" id="section-${section}" role="presentation">${label}</div>
            <div class="cells" role="presentation">
              ${repeat(
                items,
                ({ id }) => id,
                item => this.cell(item, index++),
              )}
            </div>
          </div>`,
      )}
    </div>`;
  }

  private cell(item: PickerItem, index: number): unknown {
    const { id, kind, name, detail, uri } = item;
    const isChosen = this.chosen.includes(id);
    return html`<div
      class="cell ${index === this.active ? 'active' : ''}"
      role="option"
      id="item-${index}"
      aria-selected=${isChosen}
      aria-label=${detail === '' ? name : `${name}, ${detail}`}
      title=${detail === '' ? name : `${name}: ${detail}`}
      @click=${(event: MouseEvent) => this.pressed(event, item, index)}
    >
      ${
        kind === 'recipe'
          ? html`<span class="recipe">${icon('settings')}</span>`
          : html`<atelier-thumbnail .picture=${{ name, uri }}></atelier-thumbnail>`
      }
      <span class="name clip">${name}</span>
      <span class="detail muted clip">${detail === '' ? ' ' : detail}</span>
      ${
        this.several && kind === 'style'
          ? html`<span class="mark">${isChosen ? icon('check') : nothing}</span>`
          : nothing
      }
    </div>`;
  }

  private pressed(event: MouseEvent, item: PickerItem, index: number): void {
    this.active = index;
    const onMark = event.composedPath().some(one => one instanceof Element && one.className === 'mark');
    const adds = this.blending || onMark || event.ctrlKey || event.metaKey || event.shiftKey;
    this.tell(adds && this.several && item.kind === 'style' ? 'toggle' : 'choose', item);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { current } = this;
    if (MOVES.includes(event.key)) void this.move(event.key);
    else if (current !== undefined && event.key === 'Enter') this.tell('choose', current);
    else if (current !== undefined && event.key === ' ') {
      if (this.several && current.kind === 'style') this.tell('toggle', current);
    } else return;
    event.preventDefault();
  }

  private async move(key: string): Promise<void> {
    const cells = [...this.renderRoot.querySelectorAll<HTMLElement>('.cell')];
    const places = cells.map(cell => cell.getBoundingClientRect());
    this.active = step(places, this.active, key);
    await this.updateComplete;
    const cell = this.renderRoot.querySelector('.cell.active');
    // The heading comes into view with the first row.
    if (this.active === 0) this.scrollTo(0, 0);
    else cell?.scrollIntoView({ block: 'nearest' });
  }

  private tell(what: 'choose' | 'toggle', item: PickerItem): void {
    this.dispatchEvent(new CustomEvent<PickerItem>(what, { detail: item }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-picker-grid': PickerGrid;
  }
}
