import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { LookStrings } from '../../../protocol/strings';
import { base, field } from '../styles';
import { formatLength, parseLength, pixelsOf } from './print';

/** The longest side as it is printed: a length and a density. Fires `size` with the pixels, when one of them is changed. */
@customElement('atelier-print-size')
export class PrintSize extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        align-items: center;
        display: flex;
        flex-wrap: wrap;
        gap: 4px 8px;
      }
      .density {
        width: 52px;
      }
    `,
  ];

  @property({ attribute: false }) strings!: LookStrings;
  /** Of the longest side, in pixels. */
  @property({ type: Number }) pixels = 0;
  @state() private dotsPerInch = 300;
  @query('.length') private readonly length!: HTMLInputElement;
  @query('.density') private readonly density!: HTMLInputElement;

  protected override render(): unknown {
    const { strings } = this;
    return html`<input
        class="text length"
        aria-label=${strings.printLength}
        spellcheck="false"
        autocomplete="off"
        .value=${formatLength(this.pixels, this.dotsPerInch)}
        @change=${() => this.read()}
      />
      <input
        class="text density"
        aria-label=${strings.printDensity}
        inputmode="numeric"
        autocomplete="off"
        .value=${String(this.dotsPerInch)}
        @change=${() => this.read()}
      /><span aria-hidden="true">dpi</span>`;
  }

  private read(): void {
    const length = parseLength(this.length.value);
    const density = Number(this.density.value);
    const isDensity = Number.isInteger(density) && density >= 10 && density <= 4800;
    this.length.setAttribute('aria-invalid', String(length === undefined));
    this.density.setAttribute('aria-invalid', String(!isDensity));
    if (length === undefined || !isDensity) return;
    this.dotsPerInch = density;
    this.dispatchEvent(new CustomEvent<number>('size', { detail: pixelsOf(length, density) }));
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-print-size': PrintSize;
  }
}
