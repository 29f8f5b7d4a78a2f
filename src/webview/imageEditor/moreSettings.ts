import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { Choice, PresetInfo, WholeChoice } from '../../protocol/imageEditor';
import type { Look, LookControl } from '../../protocol/look';
import type { ImageEditorStrings } from '../../protocol/strings';
import '../common/look/lookControls';
import '../common/look/printSize';
import { base } from '../common/styles';

/** What the bar has no room for: the preset, and how the next painting is to look. Fires `choose` (a `Choice`). */
@customElement('atelier-more-settings')
export class MoreSettings extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        max-height: 50vh;
        overflow: auto;
        padding: 10px;
      }
      .field {
        align-content: start;
        display: grid;
        gap: 4px;
      }
      vscode-single-select {
        width: 100%;
      }
    `,
  ];

  @property({ attribute: false }) strings!: ImageEditorStrings;
  @property({ attribute: false }) presets: readonly PresetInfo[] = [];
  @property({ attribute: false }) look: readonly LookControl[] = [];
  @property({ attribute: false }) choice!: WholeChoice;
  @property({ attribute: false }) longest: number | undefined;

  protected override render(): unknown {
    const { strings, presets, choice } = this;
    const preset = presets.find(({ name }) => name === choice.preset);
    const pixels = choice.size > 0 ? choice.size : this.longest;
    return html`<atelier-look-controls
      .strings=${strings}
      .controls=${this.look}
      .look=${choice}
      .without=${['colors', 'size']}
      ?fixed=${Object.keys(preset?.ratios ?? {}).length < 2}
      @look=${({ detail }: CustomEvent<Look>) => this.choose(detail)}
      ><div class="field">
        <span aria-hidden="true">${strings.preset}</span>
        <vscode-single-select
          label=${strings.preset}
          aria-label=${strings.preset}
          .value=${choice.preset}
          @change=${({ target }: Event) =>
            this.choose({ preset: (target as HTMLInputElement).value as Choice['preset'] })}
          >${presets.map(
            ({ name, label, detail }) =>
              html`<vscode-option value=${name} description=${detail} ?selected=${name === choice.preset}
                >${label}</vscode-option
              >`,
          )}</vscode-single-select
        >
      </div>
      ${
        pixels === undefined
          ? nothing
          : html`<div class="field" slot="end">
              <span aria-hidden="true">${strings.print}</span>
              <atelier-print-size
                .strings=${strings}
                .pixels=${pixels}
                @size=${({ detail }: CustomEvent<number>) => this.choose({ size: detail })}
              ></atelier-print-size>
            </div>`
      }
    </atelier-look-controls>`;
  }

  private choose(change: Partial<Choice>): void {
    this.dispatchEvent(new CustomEvent<Partial<Choice>>('choose', { detail: change }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-more-settings': MoreSettings;
  }
}
