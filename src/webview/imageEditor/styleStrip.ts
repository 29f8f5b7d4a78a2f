import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { StyleInfo } from '../../protocol/imageEditor';
import '../common/pictures/thumbnail';
import { base } from '../common/styles';

/** Around the row and the buttons in it, in pixels: behind it there is nothing to see. */
const PADDING = 4;

/** Styles in a row, one of them chosen. Where there are more than fit, the row fades out at that end. Fires `style` with the id. */
@customElement('atelier-style-strip')
export class StyleStrip extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        flex: 1;
        min-width: 0;
      }
      .row {
        --before: 0px;
        --after: 0px;
        display: flex;
        gap: 4px;
        mask-image: linear-gradient(
          to right,
          transparent,
          black var(--before),
          black calc(100% - var(--after)),
          transparent
        );
        overflow: auto hidden;
        padding: 2px;
        scrollbar-width: none;
      }
      .row.before {
        --before: 40px;
      }
      .row.after {
        --after: 40px;
      }
      button {
        background: none;
        border: none;
        border-radius: 5px;
        cursor: pointer;
        flex: none;
        padding: 2px;
      }
      atelier-thumbnail {
        width: 26px;
      }
      button:hover {
        background: var(--vscode-toolbar-hoverBackground);
      }
      [aria-checked='true'] {
        box-shadow: 0 0 0 1px var(--vscode-focusBorder);
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) offered: readonly StyleInfo[] = [];
  @property() chosen: string | undefined;
  @query('.row') private readonly row!: HTMLElement;
  private readonly resized = new ResizeObserver(() => this.showEnds());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  protected override render(): unknown {
    const { offered, chosen } = this;
    const reachable = offered.some(({ id }) => id === chosen) ? chosen : offered[0]?.id;
    return html`<div
      class="row"
      role="radiogroup"
      aria-label=${this.label}
      @keydown=${this.key}
      @scroll=${() => this.showEnds()}
      @wheel=${this.turn}
    >
      ${repeat(
        offered,
        ({ id }) => id,
        ({ id, name, uri }) =>
          html`<button
            role="radio"
            data-id=${id}
            aria-checked=${id === chosen}
            aria-label=${name}
            title=${name}
            tabindex=${id === reachable ? 0 : -1}
            @click=${() => this.choose(id)}
          >
            <atelier-thumbnail .picture=${{ name, uri }}></atelier-thumbnail>
          </button>`,
      )}
    </div>`;
  }

  protected override firstUpdated(): void {
    this.resized.observe(this);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('chosen'))
      this.button(this.chosen)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.showEnds();
  }

  /** Shows at which end there are more. */
  private showEnds(): void {
    const { scrollLeft, scrollWidth, clientWidth, classList } = this.row;
    classList.toggle('before', scrollLeft > PADDING);
    classList.toggle('after', scrollLeft + clientWidth < scrollWidth - PADDING);
  }

  /** A wheel that turns one way only is for the row. */
  private readonly turn = (event: WheelEvent): void => {
    if (event.deltaX !== 0 || this.row.scrollWidth <= this.row.clientWidth) return;
    event.preventDefault();
    this.row.scrollLeft += event.deltaY;
  };

  private readonly key = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const { offered } = this;
    const here = offered.findIndex(({ id }) => id === this.chosen);
    const style = offered[(Math.max(0, here) + step + offered.length) % offered.length];
    if (style === undefined) return;
    this.choose(style.id);
    this.button(style.id)?.focus();
  };

  private button(id: string | undefined): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(id ?? '')}"]`);
  }

  private choose(id: string): void {
    this.dispatchEvent(new CustomEvent<string>('style', { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-style-strip': StyleStrip;
  }
}
