import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { icon } from '../common/icon';
import { base, tools } from '../common/styles';
import type { FigureStrings } from '../../protocol/strings';
import type { FigureCell } from '../../protocol/figure';
import { measuresOf, stateText } from './cellText';
import type { Direction } from './figureState';

const keys: Readonly<Partial<Record<string, Direction>>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/**
 * One picture over the whole panel; arrow keys go to its neighbours. Fires `go` with a direction, `paint` and `save`
 * with the id, `dismiss` when it is closed.
 */
@customElement('atelier-enlarged')
export class Enlarged extends LitElement {
  static override styles = [
    base,
    tools,
    css`
      dialog {
        background: var(--vscode-editor-background);
        border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 6px;
        box-shadow: 0 4px 24px var(--vscode-widget-shadow, transparent);
        color: var(--vscode-foreground);
        height: calc(100vh - 32px);
        max-height: none;
        max-width: none;
        padding: 0;
        width: calc(100vw - 32px);
      }
      dialog::backdrop {
        background: color-mix(in srgb, var(--vscode-editor-background) 70%, transparent);
      }
      .page {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        height: 100%;
      }
      header,
      footer {
        align-items: center;
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        padding: 8px 12px;
      }
      h2 {
        flex: 1;
        font-size: inherit;
        font-weight: 600;
        margin: 0;
        min-width: 0;
      }
      .picture {
        display: grid;
        min-height: 0;
        padding: 0 12px;
        place-items: center;
      }
      img {
        height: 100%;
        max-height: 100%;
        max-width: 100%;
        min-height: 0;
        min-width: 0;
        object-fit: contain;
        width: 100%;
      }
      .measures {
        column-gap: 16px;
        display: flex;
        flex: 1;
        flex-wrap: wrap;
      }
      .button-icon {
        display: inline-block;
        vertical-align: -3px;
      }
    `,
  ];

  @property({ attribute: false }) strings!: FigureStrings;
  @property() locale = 'en';
  @property({ attribute: false }) cell!: FigureCell;
  @property({ type: Boolean }) running = false;
  @property({ type: Boolean }) paintable = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  protected override render(): unknown {
    const { strings, locale, cell, running } = this;
    const { id, name, uri = '' } = cell;
    return html`<dialog
      aria-labelledby="name"
      @close=${() => this.dispatchEvent(new CustomEvent('dismiss'))}
      @keydown=${this.key}
    >
      <div class="page">
        <header>
          <h2 id="name" class="clip">${name}</h2>
          <span class="muted">${stateText(cell, running, strings)}</span>
          <div class="tools">
            ${this.tool('chevron-left', strings.previous, () => this.go('left'))}
            ${this.tool('chevron-right', strings.next, () => this.go('right'))}
            ${this.tool('close', strings.close, () => this.dialog.close())}
          </div>
        </header>
        <div class="picture"><img src=${uri} alt=${name} draggable="false" /></div>
        <footer>
          <div class="measures muted figures">
            ${measuresOf(cell, strings, locale).map(text => html`<span>${text}</span>`)}
          </div>
          <vscode-button secondary @click=${() => this.emit('save', id)}
            ><span slot="content-before" class="button-icon">${icon('save-as')}</span
            >${strings.saveCell}</vscode-button
          >
          ${
            this.paintable
              ? html`<vscode-button @click=${() => this.emit('paint', id)}
                  ><span slot="content-before" class="button-icon">${icon('symbol-color')}</span
                  >${strings.paint}</vscode-button
                >`
              : nothing
          }
        </footer>
      </div>
    </dialog>`;
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  private readonly key = (event: KeyboardEvent): void => {
    const direction = keys[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    this.go(direction);
  };

  private tool(name: Parameters<typeof icon>[0], label: string, act: () => void): unknown {
    return html`<button class="tool" aria-label=${label} title=${label} @click=${act}>${icon(name)}</button>`;
  }

  private go(direction: Direction): void {
    this.dispatchEvent(new CustomEvent<Direction>('go', { detail: direction }));
  }

  private emit(type: 'paint' | 'save', id: string): void {
    this.dispatchEvent(new CustomEvent<string>(type, { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-enlarged': Enlarged;
  }
}
