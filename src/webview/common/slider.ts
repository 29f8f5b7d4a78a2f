import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { SliderScale } from './sliderScale';
import { base } from './styles';

/** Positions that the arrow keys step through; dragging is as fine. */
const POSITIONS = 200;

/** A labelled slider with the number beside it, free to type. Fires `value` with the new value, as it moves. */
@customElement('atelier-slider')
export class Slider extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        align-items: center;
        display: grid;
        gap: 0 10px;
        grid-template-columns: minmax(0, 1fr) auto;
      }
      .label {
        grid-column: 1;
      }
      .symbol {
        color: var(--vscode-descriptionForeground);
        font-size: 0.92em;
        grid-column: 2;
        padding-right: 7px;
        text-align: right;
      }
      input {
        font: inherit;
        margin: 0;
      }
      input[type='range'] {
        --mark: var(--vscode-progressBar-background, var(--vscode-button-background));
        appearance: none;
        background: none;
        cursor: pointer;
        grid-column: 1;
        height: 22px;
        min-width: 0;
        width: 100%;
      }
      input[type='range']::-webkit-slider-runnable-track {
        background: linear-gradient(
          to right,
          var(--mark) calc(7px + (100% - 14px) * var(--filled, 0)),
          var(--atelier-track) calc(7px + (100% - 14px) * var(--filled, 0))
        );
        border-radius: 2px;
        height: 4px;
        outline: 1px solid var(--vscode-contrastBorder, transparent);
      }
      input[type='range']::-webkit-slider-thumb {
        appearance: none;
        background: var(--mark);
        border: 2px solid var(--vscode-editor-background);
        border-radius: 50%;
        box-shadow: 0 0 0 1px var(--vscode-contrastBorder, transparent);
        height: 16px;
        margin-top: -6px;
        width: 16px;
      }
      input[type='range']:focus-visible {
        border-radius: 3px;
        outline-offset: 1px;
      }
      .number {
        background: var(--vscode-input-background);
        border: 1px solid var(--vscode-input-border, transparent);
        border-radius: 3px;
        color: var(--vscode-input-foreground);
        font-variant-numeric: tabular-nums;
        grid-column: 2;
        height: 24px;
        padding: 0 6px;
        text-align: right;
        width: 68px;
      }
      .number[aria-invalid='true'] {
        border-color: var(--vscode-inputValidation-errorBorder);
      }
      .hint {
        color: var(--vscode-descriptionForeground);
        font-size: 0.92em;
        grid-column: 1 / -1;
      }
      :host([disabled]) {
        opacity: 0.5;
      }
      :host([noNumber]) {
        grid-template-columns: minmax(0, 1fr);
      }
      :host([compact]) .label {
        clip-path: inset(50%);
        position: absolute;
      }
    `,
  ];

  @property() label = '';
  @property() hint = '';
  /** A short sign over the number, for example "γ". */
  @property() symbol = '';
  /** Name of the number beside the slider, where it is another quantity than the label says. */
  @property() numberLabel = '';
  @property({ type: Number }) value = 0;
  @property({ attribute: false }) scale: SliderScale = {
    toValue: position => position,
    toPosition: value => value,
    format: String,
    parse: Number,
  };
  /** What screen readers say for a value; by default the number. */
  @property({ attribute: false }) speak: ((value: number) => string) | undefined;
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** The label is only for screen readers. */
  @property({ type: Boolean, reflect: true }) compact = false;
  @property({ type: Boolean, reflect: true }) noNumber = false;
  @query('input[type="range"]') private readonly range!: HTMLInputElement;
  @query('.number') private readonly number!: HTMLInputElement | null;

  protected override render(): unknown {
    const text = this.scale.format(this.value);
    return html`<span class="label" aria-hidden="true">${this.label}</span>
      ${this.symbol === '' ? nothing : html`<span class="symbol" aria-hidden="true">${this.symbol}</span>`}
      <input
        type="range"
        min="0"
        max=${POSITIONS}
        step="any"
        aria-label=${this.label}
        aria-valuetext=${this.speak?.(this.value) ?? text}
        ?disabled=${this.disabled}
        @input=${() => this.change(this.scale.toValue(Number(this.range.value) / POSITIONS))}
        @keydown=${(event: KeyboardEvent) => this.step(event)}
      />
      ${
        this.noNumber
          ? nothing
          : html`<input
              class="number"
              type="text"
              inputmode="decimal"
              spellcheck="false"
              autocomplete="off"
              aria-label=${this.numberLabel === '' ? this.label : this.numberLabel}
              ?disabled=${this.disabled}
              @change=${() => this.read()}
              @blur=${() => this.show()}
            />`
      }
      ${this.hint === '' ? nothing : html`<span class="hint">${this.hint}</span>`}`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.show();
  }

  /** Shows the value, except in the field that is being typed in. */
  private show(): void {
    const position = Math.min(1, Math.max(0, this.scale.toPosition(this.value)));
    if (Math.abs(Number(this.range.value) - position * POSITIONS) > 1e-6)
      this.range.value = String(position * POSITIONS);
    this.range.style.setProperty('--filled', String(position));
    if (this.number === null || this.number === this.shadowRoot?.activeElement) return;
    this.number.value = this.scale.format(this.value);
    this.number.setAttribute('aria-invalid', 'false');
  }

  private step(event: KeyboardEvent): void {
    const steps = { ArrowRight: 2, ArrowUp: 2, ArrowLeft: -2, ArrowDown: -2, PageUp: 20, PageDown: -20 }[
      event.key
    ];
    if (steps === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const position = this.scale.toPosition(this.value) + steps / POSITIONS;
    this.change(this.scale.toValue(Math.min(1, Math.max(0, position))));
  }

  private read(): void {
    const value = this.scale.parse(this.number?.value ?? '');
    this.number?.setAttribute('aria-invalid', String(value === undefined));
    if (value !== undefined) this.change(value);
  }

  private change(value: number): void {
    this.value = value;
    this.dispatchEvent(new CustomEvent<number>('value', { detail: value }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-slider': Slider;
  }
}
