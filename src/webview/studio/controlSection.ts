import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { formatPercent } from '../common/format';
import { fill } from '../../protocol/wording';
import type { StudioStrings } from '../../protocol/strings';
import { icon } from '../common/icon';
import '../common/look/lookControls';
import '../common/slider';
import { strengthOf } from '../../protocol/strength';
import { base } from '../common/styles';
import type { Look, LookControl, WholeLook } from '../../protocol/look';
import type { Controls, Tuning } from '../../protocol/studio';
import type { Phase } from '../../protocol/run';
import { controlsAct } from './intentions';
import { reach, strengthScale, weightScale } from './scales';

/**
 * The strengths of the run, and how the next painting is to look. Fires `tune` and `look` with what was changed, as it is
 * changed, and `again` to paint again.
 */
@customElement('atelier-control-section')
export class ControlSection extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        padding: 12px 12px 16px;
      }
      .controls {
        display: grid;
        gap: 14px;
        max-width: 520px;
      }
      fieldset {
        border: none;
        display: grid;
        gap: 4px;
        margin: 0;
        min-width: 0;
        padding: 0;
      }
      legend {
        font-weight: 600;
        padding: 0;
      }
      .hint {
        font-size: 0.92em;
      }
      .next {
        border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        gap: 10px;
        padding-top: 14px;
      }
      .next legend {
        float: left;
      }
      .foot {
        align-items: center;
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        justify-content: space-between;
      }
      .button-icon {
        display: inline-block;
        vertical-align: -3px;
      }
    `,
  ];

  @property({ attribute: false }) strings!: StudioStrings;
  @property() locale = 'en';
  @property() phase: Phase = 'queued';
  /** As they are now. */
  @property({ attribute: false }) controls!: Controls;
  /** As the recipe has them. */
  @property({ attribute: false }) recipe!: Controls;
  @property() statistics: WholeLook['statistics'] = 'bures';
  /** The statistic cannot be another. */
  @property({ type: Boolean }) fixed = false;
  @property({ attribute: false }) offered: readonly LookControl[] = [];
  /** Of the next painting. */
  @property({ attribute: false }) look!: WholeLook;
  /** The next painting is to look otherwise. */
  @property({ type: Boolean }) changed = false;

  protected override render(): unknown {
    const { strings, controls, recipe, locale } = this;
    const act = controlsAct(this.phase);
    const disabled = act === 'not';
    const layers = Object.keys(recipe.styleLayers);
    const weights = weightScale(reach(Object.values(recipe.styleLayers)));
    const note = {
      now: strings.controlsLive,
      later: strings.controlsLater,
      next: strings.controlsOver,
      not: '',
    }[act];
    return html`<div class="controls">
      <atelier-slider
        .label=${strings.strength}
        .hint=${strings.strengthHint}
        .numberLabel=${strings.ratioLabel}
        .symbol=${'α/β'}
        .value=${controls.ratio}
        .scale=${strengthScale(this.statistics)}
        .speak=${(ratio: number) => formatPercent(strengthOf(ratio, this.statistics) / 100, locale)}
        ?disabled=${disabled}
        @value=${({ detail }: CustomEvent<number>) => this.tune({ ratio: detail })}
      ></atelier-slider>
      <atelier-slider
        .label=${strings.tv}
        .hint=${strings.tvHint}
        .symbol=${'γ'}
        .value=${controls.tv}
        .scale=${weightScale(reach([Math.max(recipe.tv, 25)]))}
        ?disabled=${disabled}
        @value=${({ detail }: CustomEvent<number>) => this.tune({ tv: detail })}
      ></atelier-slider>
      <fieldset>
        <legend>${strings.layerWeights}</legend>
        <span class="hint muted">${strings.layerWeightsHint}</span>
        ${layers.map(
          layer =>
            html`<atelier-slider
              .label=${layer}
              .numberLabel=${fill(strings.layerWeight, { layer })}
              .value=${controls.styleLayers[layer] ?? 0}
              .scale=${weights}
              ?disabled=${disabled}
              @value=${({ detail }: CustomEvent<number>) => this.tune({ styleLayers: { [layer]: detail } })}
            ></atelier-slider>`,
        )}
      </fieldset>
      <div class="foot">
        <span class="hint muted">${note}</span>
        ${
          same(controls, recipe)
            ? nothing
            : html`<vscode-button secondary ?disabled=${disabled} @click=${() => this.tune(recipe)}
                ><span slot="content-before" class="button-icon">${icon('discard')}</span
                >${strings.reset}</vscode-button
              >`
        }
      </div>
      ${this.next()}
    </div>`;
  }

  private next(): unknown {
    const { strings } = this;
    return html`<fieldset class="next">
      <legend>${strings.nextPainting}</legend>
      <span class="hint muted">${strings.nextPaintingHint}</span>
      <atelier-look-controls
        .strings=${strings}
        .controls=${this.offered}
        .look=${this.look}
        ?fixed=${this.fixed}
        @look=${({ detail }: CustomEvent<Look>) =>
          this.dispatchEvent(new CustomEvent<Look>('look', { detail }))}
      ></atelier-look-controls>
      ${
        this.changed
          ? html`<div class="foot">
              <span></span>
              <vscode-button @click=${() => this.dispatchEvent(new CustomEvent('again'))}
                ><span slot="content-before" class="button-icon">${icon('debug-restart')}</span
                >${strings.paintAgain}</vscode-button
              >
            </div>`
          : nothing
      }
    </fieldset>`;
  }

  private tune(tuning: Tuning): void {
    this.dispatchEvent(new CustomEvent<Tuning>('tune', { detail: tuning }));
  }
}

function same(a: Controls, b: Controls): boolean {
  return (
    a.ratio === b.ratio &&
    a.tv === b.tv &&
    Object.keys(b.styleLayers).every(layer => a.styleLayers[layer] === b.styleLayers[layer])
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-control-section': ControlSection;
  }
}
