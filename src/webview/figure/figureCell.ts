import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from '../common/icon';
import { spinner, spinnerStyles } from '../common/spinner';
import { base } from '../common/styles';
import { fill } from '../../protocol/wording';
import type { FigureStrings } from '../../protocol/strings';
import type { FigureCell } from '../../protocol/figure';
import { measuresOf, shortMeasuresOf, stateText } from './cellText';

/**
 * One picture of the figure with its losses below. Fires `enlarge` and `paint` with the id, `measured` with the
 * proportions of its picture.
 */
@customElement('atelier-figure-cell')
export class FigureCellElement extends LitElement {
  static override styles = [
    base,
    spinnerStyles,
    css`
      figure {
        container-type: inline-size;
        margin: 0;
        position: relative;
      }
      .frame {
        aspect-ratio: var(--aspect, 4 / 3);
        background: var(--vscode-editorWidget-background);
        border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        color: inherit;
        cursor: zoom-in;
        display: grid;
        font: inherit;
        overflow: hidden;
        padding: 0;
        place-items: center;
        position: relative;
        width: 100%;
      }
      .frame.paint {
        cursor: pointer;
      }
      .frame[disabled] {
        cursor: default;
      }
      .frame:not([disabled]):hover,
      .frame:focus-visible {
        outline: 2px solid var(--vscode-focusBorder);
        outline-offset: 1px;
      }
      img {
        display: block;
        height: 100%;
        inset: 0;
        object-fit: contain;
        position: absolute;
        width: 100%;
      }
      .badge {
        background: var(--vscode-badge-background);
        border: 1px solid var(--vscode-contrastBorder, transparent);
        border-radius: 8px;
        bottom: 5px;
        color: var(--vscode-badge-foreground);
        font-size: 0.8em;
        left: 5px;
        line-height: 1.35;
        padding: 0 6px;
        position: absolute;
      }
      .busy {
        background: var(--vscode-editorWidget-background);
        border-radius: 50%;
        bottom: 5px;
        padding: 3px;
        position: absolute;
        right: 5px;
      }
      .busy .spinner {
        height: 12px;
        width: 12px;
      }
      .other {
        align-items: center;
        background: var(--vscode-button-background);
        border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        color: var(--vscode-button-foreground);
        cursor: pointer;
        display: flex;
        height: 26px;
        justify-content: center;
        opacity: 0;
        padding: 0;
        position: absolute;
        right: 6px;
        top: 6px;
        width: 26px;
      }
      figure:hover .other,
      figure:focus-within .other {
        opacity: 1;
      }
      .other:hover {
        background: var(--vscode-button-hoverBackground, var(--vscode-button-background));
      }
      .other:focus-visible {
        outline: 2px solid var(--vscode-focusBorder);
        outline-offset: 1px;
      }
      @media (hover: none) {
        .other {
          opacity: 1;
        }
      }
      figcaption {
        column-gap: 8px;
        display: flex;
        flex-wrap: wrap;
        font-size: 0.87em;
        /* As many lines whether they are filled yet or not: rows do not move when the losses come. */
        height: calc(16px * var(--lines, 2));
        line-height: 16px;
        margin-top: 3px;
        overflow: hidden;
      }
      /* A line each: what is too long ends in dots, and takes no other one's place. */
      figcaption > * {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .short {
        display: none;
      }
      @container (max-width: 169px) {
        .long.has-short {
          display: none;
        }
        .short {
          display: inline;
        }
      }
    `,
  ];

  @property({ attribute: false }) strings!: FigureStrings;
  @property() locale = 'en';
  @property({ attribute: false }) cell!: FigureCell;
  /** The engine works on this picture now. */
  @property({ type: Boolean }) running = false;
  /** The picture can become a normal run. */
  @property({ type: Boolean }) paintable = false;
  /** A click on it makes it one; the small button enlarges it. Otherwise the other way round. */
  @property({ type: Boolean }) choice = false;

  /** Puts the focus on the picture. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.frame')?.focus();
  }

  protected override render(): unknown {
    const { strings, locale, cell, running } = this;
    const { id, name, uri, state } = cell;
    const words = stateText(cell, running, strings);
    const measures = measuresOf(cell, strings, locale);
    const short = shortMeasuresOf(cell, strings, locale);
    const kind = short.length > 0 ? 'long has-short' : 'long';
    const [act, other] = this.choice ? (['paint', 'enlarge'] as const) : (['enlarge', 'paint'] as const);
    const said = { name, state: [words, ...measures].join(', ') };
    return html`<figure title=${[name, ...measures].join(' · ')}>
      <button
        class="frame ${act}"
        aria-label=${fill(this.choice ? strings.paintTile : strings.enlarge, said)}
        ?disabled=${uri === undefined}
        @click=${() => this.emit(act, id)}
      >
        ${
          uri === undefined
            ? this.placeholder(words)
            : html`<img src=${uri} alt="" draggable="false" @load=${this.measure} />
                ${state === 'draft' ? html`<span class="badge">${strings.cellDraft}</span>` : nothing}
                ${running ? html`<span class="busy">${spinner(strings.cellRunning)}</span>` : nothing}`
        }
      </button>
      ${
        this.paintable && uri !== undefined
          ? html`<button
              class="other"
              aria-label=${fill(this.choice ? strings.enlargeCell : strings.paintCell, { name })}
              title=${this.choice ? strings.enlargeTip : strings.paint}
              @click=${() => this.emit(other, id)}
            >
              ${icon(this.choice ? 'zoom-in' : 'symbol-color')}
            </button>`
          : nothing
      }
      <figcaption class="muted figures">
        ${measures.map(text => html`<span class=${kind}>${text}</span>`)}
        ${short.map(text => html`<span class="short">${text}</span>`)}
      </figcaption>
    </figure>`;
  }

  private placeholder(words: string): unknown {
    return this.running ? spinner(words) : html`<span class="muted" aria-hidden="true">·</span>`;
  }

  private readonly measure = (event: Event): void => {
    const { naturalWidth, naturalHeight } = event.target as HTMLImageElement;
    if (naturalHeight > 0)
      this.dispatchEvent(new CustomEvent<number>('measured', { detail: naturalWidth / naturalHeight }));
  };

  private emit(type: 'enlarge' | 'paint', id: string): void {
    this.dispatchEvent(new CustomEvent<string>(type, { detail: id, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-figure-cell': FigureCellElement;
  }
}
