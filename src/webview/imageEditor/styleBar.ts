import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import { icon } from '../common/icon';
import '../common/slider';
import type { SliderScale } from '../common/sliderScale';
import { fill } from '../../protocol/wording';
import type { ImageEditorStrings } from '../../protocol/strings';
import type { LookControl } from '../../protocol/look';
import { ratioOf, strengthOf } from '../../protocol/strength';
import type {
  Choice,
  PresetInfo,
  RunInfo,
  SizeEstimate,
  StyleInfo,
  WholeChoice,
} from '../../protocol/imageEditor';
import '../common/pictures/thumbnail';
import { sizeChoices } from '../common/look/sizes';
import './moreSettings';
import { styleBarStyles } from './styleBarStyles';
import './styleStrip';

/** The bar works with strengths, 0 … 100; ratios are for the studio. */
const strengthScale: SliderScale = {
  toValue: position => Math.round(position * 100),
  toPosition: value => value / 100,
  format: value => String(Math.round(value)),
  parse: text => {
    const value = Number(text);
    return text.trim() !== '' && value >= 0 && value <= 100 ? value : undefined;
  },
};

/**
 * Below the picture: style, strength, colours, size and *Stylize*, and above them what else there is to set. While the
 * image is being painted the strength is that of the painting. Fires `choose` (a `Choice`), `retune` (α/β), `more`,
 * `pick`, `stylize`, `show`.
 */
@customElement('atelier-style-bar')
export class StyleBar extends LitElement {
  static override styles = styleBarStyles;

  @property({ attribute: false }) strings!: ImageEditorStrings;
  @property({ attribute: false }) styles: readonly StyleInfo[] = [];
  @property({ attribute: false }) presets: readonly PresetInfo[] = [];
  @property({ attribute: false }) look: readonly LookControl[] = [];
  @property({ attribute: false }) choice!: WholeChoice;
  /** Whether all settings are shown. */
  @property({ type: Boolean }) more = false;
  /** Longest side of the image. */
  @property({ attribute: false }) longest: number | undefined;
  @property({ attribute: false }) run: RunInfo | undefined;
  /** What the chosen size costs, as soon as it is known. */
  @property({ attribute: false }) estimate: SizeEstimate | undefined;

  protected override render(): unknown {
    const { strings, choice, run } = this;
    const estimate = this.estimate?.size === choice.size ? this.estimate : undefined;
    return html`${run === undefined ? nothing : this.running(run)}
      ${estimate?.tooLarge ? this.warning(estimate) : nothing} ${this.more ? this.settings() : nothing}
      <div class="bar">
        <div class="styles">
          ${this.picker()}
          <atelier-style-strip
            .label=${strings.styles}
            .offered=${this.styles}
            .chosen=${choice.style}
            @style=${({ detail }: CustomEvent<string>) => this.choose({ style: detail })}
          ></atelier-style-strip>
        </div>
        <div class="go">
          ${this.strength()} ${this.colors()}
          <div class="field">
            <span aria-hidden="true">${strings.size}</span>
            <vscode-single-select
              position="above"
              label=${strings.size}
              aria-label=${strings.size}
              .value=${String(choice.size)}
              @change=${({ target }: Event) => this.choose({ size: Number((target as HTMLInputElement).value) })}
            >
              ${sizeChoices(this.longest, choice.size).map(
                size =>
                  html`<vscode-option value=${size} ?selected=${size === choice.size}
                    >${size === 0 ? strings.sizeOriginal : fill(strings.sizePixels, { size })}</vscode-option
                  >`,
              )}
            </vscode-single-select>
            ${
              estimate === undefined
                ? nothing
                : html`<span class="estimate muted figures" title=${estimate.sentence}
                    >${estimate.label}</span
                  >`
            }
          </div>
          <button
            class="tool"
            aria-label=${strings.more}
            title=${strings.more}
            aria-pressed=${this.more}
            @click=${() => this.emit('more', !this.more)}
          >
            ${icon('settings')}
          </button>
          <vscode-button @click=${() => this.emit('stylize', undefined)}>${strings.stylize}</vscode-button>
        </div>
      </div>`;
  }

  /** Of the painting at work where there is one that takes it, else of the next one. */
  private strength(): unknown {
    const { strings, choice, run } = this;
    const { ratio, statistics } = run?.strength ?? choice;
    const hint =
      run === undefined ? '' : run.strength === undefined ? strings.strengthNext : strings.strengthNow;
    return html`<div class="field strength" title=${hint}>
      <span aria-hidden="true">${strings.strength}</span>
      <atelier-slider
        compact
        noNumber
        .label=${hint === '' ? strings.strength : `${strings.strength}. ${hint}`}
        .value=${Math.round(strengthOf(ratio, statistics))}
        .scale=${strengthScale}
        @value=${({ detail }: CustomEvent<number>) => this.setStrength(ratioOf(detail, statistics))}
      ></atelier-slider>
    </div>`;
  }

  private setStrength(ratio: number): void {
    if (this.run?.strength === undefined) this.choose({ ratio });
    else this.emit('retune', ratio);
  }

  private colors(): unknown {
    const { look, choice } = this;
    const control = look.find(({ field }) => field === 'colors');
    if (control === undefined) return nothing;
    return html`<div class="field">
      <span aria-hidden="true">${control.label}</span>
      <vscode-single-select
        class="colors"
        position="above"
        label=${control.label}
        aria-label=${control.label}
        .value=${choice.colors}
        @change=${({ target }: Event) =>
          this.choose({ colors: (target as HTMLInputElement).value as Choice['colors'] })}
      >
        ${control.choices.map(
          ({ value, label, detail }) =>
            html`<vscode-option value=${value} description=${detail} ?selected=${value === choice.colors}
              >${label}</vscode-option
            >`,
        )}
      </vscode-single-select>
    </div>`;
  }

  private settings(): unknown {
    return html`<atelier-more-settings
      .strings=${this.strings}
      .presets=${this.presets}
      .look=${this.look}
      .choice=${this.choice}
      .longest=${this.longest}
      @choose=${({ detail }: CustomEvent<Partial<Choice>>) => this.choose(detail)}
    ></atelier-more-settings>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.style.setProperty('--done', String(Math.min(1, Math.max(0, this.run?.fraction ?? 0))));
  }

  private running({ label, fraction }: RunInfo): unknown {
    const { strings } = this;
    return html`<div class="progress ${fraction === undefined ? 'unknown' : ''}"></div>
      <div class="run">
        <span class="label muted figures" role="status">${label}</span>
        <button class="tool" @click=${() => this.emit('show', undefined)}>
          ${icon('eye')}${strings.showRun}
        </button>
      </div>`;
  }

  private warning({ sentence, largest }: SizeEstimate): unknown {
    const { strings } = this;
    const smaller = sizeChoices(this.longest, 0).findLast(choice => choice > 0 && choice <= largest);
    return html`<div class="warning" role="alert">
      ${icon('warning')}<span>${sentence}</span>
      ${
        smaller === undefined
          ? nothing
          : html`<button class="tool" @click=${() => this.choose({ size: smaller })}>
              ${fill(strings.useSize, { size: smaller })}
            </button>`
      }
    </div>`;
  }

  private picker(): unknown {
    const { strings } = this;
    const style = this.styles.find(({ id }) => id === this.choice.style);
    return html`<button
      class="picker"
      title=${strings.styleHint}
      @click=${() => this.emit('pick', undefined)}
    >
      ${
        style === undefined
          ? html`<span class="clip none">${strings.chooseStyle}</span>`
          : html`<atelier-thumbnail .picture=${style}></atelier-thumbnail
              ><span class="hidden-text">${strings.style}</span> <span class="clip">${style.name}</span>`
      }
      ${icon('chevron-down')}
    </button>`;
  }

  private choose(change: Partial<Choice>): void {
    this.emit('choose', change);
  }

  private emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-style-bar': StyleBar;
  }
}
