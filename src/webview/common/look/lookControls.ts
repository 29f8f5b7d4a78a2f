import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { Look, LookControl, LookField, WholeLook } from '../../../protocol/look';
import type { LookStrings } from '../../../protocol/strings';
import { fill } from '../../../protocol/wording';
import '../slider';
import { base, field } from '../styles';
import { stepsScale, styleSizeScale } from './lookScales';
import './printSize';
import { sizeChoices } from './sizes';

/** How the next painting is to look; what else belongs there stands before or after, as slotted. Fires `look` with what was changed. */
@customElement('atelier-look-controls')
export class LookControls extends LitElement {
  static override styles = [
    base,
    field,
    css`
      :host {
        display: grid;
        gap: 12px 20px;
        grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
      }
      .field {
        align-content: start;
        display: grid;
        gap: 4px;
        min-width: 0;
      }
      vscode-single-select {
        width: 100%;
      }
      atelier-slider {
        align-self: start;
      }
      .seed {
        width: 120px;
      }
    `,
  ];

  @property({ attribute: false }) strings!: LookStrings;
  @property({ attribute: false }) controls: readonly LookControl[] = [];
  @property({ attribute: false }) look!: WholeLook;
  /** Fields that are set elsewhere. */
  @property({ attribute: false }) without: readonly LookField[] = [];
  /** The statistic cannot be changed. */
  @property({ type: Boolean }) fixed = false;
  /** Longest side of the photograph in pixels, where it is known. */
  @property({ attribute: false }) longest: number | undefined;

  protected override render(): unknown {
    const shown = this.controls.filter(({ field }) => !this.without.includes(field));
    return html`<slot></slot>${shown.map(control => this.row(control))}<slot name="end"></slot>`;
  }

  private row(control: LookControl): unknown {
    const { look } = this;
    switch (control.field) {
      case 'styleScale':
        return this.slider(control, look.styleScale, styleSizeScale, styleScale => ({ styleScale }));
      case 'steps':
        return this.slider(control, look.steps, stepsScale, steps => ({ steps }));
      case 'seed':
        // It is the seed of the noise.
        return look.init === 'noise' ? this.seed(control) : nothing;
      case 'size':
        return this.labelled(control, this.size(control));
      default:
        return this.labelled(control, this.choice(control, control.field));
    }
  }

  private labelled({ label }: LookControl, control: unknown): unknown {
    return html`<div class="field"><span aria-hidden="true">${label}</span>${control}</div>`;
  }

  private choice({ label, choices }: LookControl, name: 'colors' | 'statistics' | 'init'): unknown {
    const value = this.look[name];
    const known = choices.some(choice => choice.value === value);
    const all = known ? choices : [...choices, { value, label: value, detail: '' }];
    return html`<vscode-single-select
      label=${label}
      aria-label=${label}
      .value=${value}
      ?disabled=${name === 'statistics' && this.fixed}
      @change=${({ target }: Event) => this.set({ [name]: (target as HTMLInputElement).value })}
      >${all.map(
        choice =>
          html`<vscode-option
            value=${choice.value}
            description=${choice.detail}
            ?selected=${choice.value === value}
            >${choice.label}</vscode-option
          >`,
      )}</vscode-single-select
    >`;
  }

  private size({ label }: LookControl): unknown {
    const { strings, look } = this;
    const pixels = look.size > 0 ? look.size : this.longest;
    return html`<vscode-single-select
        label=${label}
        aria-label=${label}
        .value=${String(look.size)}
        @change=${({ target }: Event) => this.set({ size: Number((target as HTMLInputElement).value) })}
        >${sizeChoices(this.longest, look.size).map(
          size =>
            html`<vscode-option value=${size} ?selected=${size === look.size}
              >${size === 0 ? strings.sizeOriginal : fill(strings.sizePixels, { size })}</vscode-option
            >`,
        )}</vscode-single-select
      >
      ${
        pixels === undefined
          ? nothing
          : html`<atelier-print-size
              .strings=${strings}
              .pixels=${pixels}
              @size=${({ detail }: CustomEvent<number>) => this.set({ size: detail })}
            ></atelier-print-size>`
      }`;
  }

  private slider(
    { label }: LookControl,
    value: number,
    scale: typeof stepsScale,
    change: (value: number) => Look,
  ): unknown {
    return html`<atelier-slider
      .label=${label}
      .value=${value}
      .scale=${scale}
      @value=${({ detail }: CustomEvent<number>) => this.set(change(detail))}
    ></atelier-slider>`;
  }

  private seed(control: LookControl): unknown {
    return this.labelled(
      control,
      html`<input
        class="text seed"
        inputmode="numeric"
        autocomplete="off"
        aria-label=${control.label}
        .value=${String(this.look.seed)}
        @change=${({ target }: Event) => this.readSeed(target as HTMLInputElement)}
      />`,
    );
  }

  private readSeed(input: HTMLInputElement): void {
    const seed = input.value.trim() === '' ? NaN : Number(input.value);
    const fits = Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff;
    input.setAttribute('aria-invalid', String(!fits));
    if (fits) this.set({ seed });
  }

  private set(change: Look): void {
    this.dispatchEvent(new CustomEvent<Look>('look', { detail: change }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-look-controls': LookControls;
  }
}
