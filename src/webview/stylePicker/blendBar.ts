import '@vscode-elements/elements/dist/vscode-button/index.js';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Blend, PickerItem } from '../../protocol/stylePicker';
import type { StylePickerStrings } from '../../protocol/stylePickerStrings';
import { fill } from '../../protocol/wording';
import { icon } from '../common/icon';
import '../common/pictures/thumbnail';
import '../common/slider';
import { base, tools } from '../common/styles';
import { sharesOf, type Part } from './pickerState';

/** The blend: its styles with their shares. Fires `weight`, `remove`, and `use` with how they are combined. */
@customElement('atelier-blend-bar')
export class BlendBar extends LitElement {
  static override styles = [
    base,
    tools,
    css`
      :host {
        background: var(--vscode-editorWidget-background);
        border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        display: grid;
        gap: 8px 14px;
        grid-template-columns: minmax(0, 1fr) auto;
        padding: 10px 14px;
      }
      ul {
        display: grid;
        gap: 4px 14px;
        grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
        list-style: none;
        margin: 0;
        max-height: 28vh;
        overflow: auto;
        padding: 0;
      }
      li {
        align-items: center;
        display: grid;
        gap: 8px;
        grid-template-columns: 40px minmax(0, 1fr) 4.5ch auto;
      }
      .percent {
        text-align: end;
      }
      .buttons {
        align-items: end;
        display: flex;
        flex-direction: column;
        gap: 6px;
        justify-content: center;
      }
      @media (max-width: 520px) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
        .buttons {
          flex-flow: row-reverse wrap;
        }
      }
    `,
  ];

  @property({ attribute: false }) strings!: StylePickerStrings;
  @property() locale = 'en';
  @property({ attribute: false }) parts: readonly Part[] = [];
  @property({ attribute: false }) items: readonly PickerItem[] = [];
  @property() blend: Blend = 'shares';
  @property({ type: Boolean }) each = false;

  protected override render(): unknown {
    const { strings, parts } = this;
    if (parts.length === 0) return html`<span class="muted">${strings.blendEmpty}</span>`;
    const shares = sharesOf(parts);
    return html`<ul aria-label=${strings.blend}>
        ${repeat(
          parts,
          ({ id }) => id,
          (part, i) => this.row(part, shares[i] ?? 0),
        )}
      </ul>
      <div class="buttons">
        <vscode-button @click=${() => this.tell('use', 'blend')}>${strings.useBlend}</vscode-button>
        ${
          this.each && parts.length > 1
            ? html`<vscode-button secondary @click=${() => this.tell('use', 'each')}
                >${strings.each}</vscode-button
              >`
            : nothing
        }
      </div>`;
  }

  private row({ id, weight }: Part, share: number): unknown {
    const { strings } = this;
    const item = this.items.find(one => one.id === id);
    const name = item?.name ?? id;
    const percent = share.toLocaleString(this.locale, { style: 'percent' });
    return html`<li>
      <atelier-thumbnail .picture=${{ name, uri: item?.uri ?? '' }}></atelier-thumbnail>
      ${
        this.blend === 'shares' && this.parts.length > 1
          ? html`<atelier-slider
              compact
              noNumber
              .label=${fill(strings.shareOf, { style: name })}
              .value=${weight}
              .scale=${scale}
              .speak=${() => percent}
              title=${name}
              @value=${({ detail }: CustomEvent<number>) => this.tell('weight', { id, weight: detail })}
            ></atelier-slider>`
          : html`<span class="clip">${name}</span>`
      }
      <span class="percent figures" aria-hidden="true">${percent}</span>
      <button
        class="tool"
        title=${fill(strings.remove, { style: name })}
        aria-label=${fill(strings.remove, { style: name })}
        @click=${() => this.tell('remove', id)}
      >
        ${icon('close')}
      </button>
    </li>`;
  }

  private tell(what: 'weight' | 'remove' | 'use', detail: unknown): void {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

/** A style in the blend has some share of it. */
const scale = {
  toValue: (position: number) => Math.max(0.05, position),
  toPosition: (value: number) => value,
  format: String,
  parse: Number,
};

declare global {
  interface HTMLElementTagNameMap {
    'atelier-blend-bar': BlendBar;
  }
}
