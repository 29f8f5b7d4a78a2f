import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { formatPercent } from '../common/format';
import { fill } from '../../protocol/wording';
import type { StudioStrings } from '../../protocol/strings';
import { icon } from '../common/icon';
import '../common/slider';
import { strengthOf } from '../common/strength';
import { base } from '../common/styles';
import type { Controls, Tuning } from '../../protocol/studio';
import type { Phase } from '../../protocol/run';
import { controlsAct } from './intentions';
import { reach, strengthScale, weightScale } from './scales';

/** The strengths of the run. Fires `tune` with what was changed, as it is changed. */
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
        .scale=${strengthScale}
        .speak=${(ratio: number) => formatPercent(strengthOf(ratio) / 100, locale)}
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
    </div>`;
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
