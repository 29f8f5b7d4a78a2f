import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatCount, formatLoss } from '../../common/format';
import { fill } from '../../../protocol/wording';
import type { StudioStrings } from '../../../protocol/strings';
import { icon } from '../../common/icon';
import { base, tools } from '../../common/styles';
import type { GramMap, LayerInsight, Phase } from '../../../protocol/run';
import { brightest, difference } from './heat';
import './heatMap';
import { isLive } from '../intentions';
import { insightKey } from '../panelState';

/** What each layer sees, and its Gram matrices. Fires `overlay` with the key of the one whose overlay is wanted, or nothing. */
@customElement('atelier-layer-section')
export class LayerSection extends LitElement {
  static override styles = [
    base,
    tools,
    css`
      :host {
        padding: 10px 12px 16px;
      }
      p {
        margin: 0 0 4px;
      }
      section {
        border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        padding: 10px 0 12px;
      }
      h3 + section {
        border-top: none;
        padding-top: 2px;
      }
      header {
        align-items: center;
        display: flex;
        gap: 8px;
        min-height: 24px;
      }
      h3,
      h4 {
        font-size: inherit;
        font-weight: 600;
        margin: 0;
      }
      h3 {
        margin-top: 12px;
      }
      h4 {
        flex: 1;
      }
      .tool {
        padding: 0 6px;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        font-size: 0.92em;
        gap: 0 14px;
        margin-bottom: 8px;
      }
      .maps {
        display: grid;
        gap: 10px;
        grid-template-columns: repeat(3, minmax(0, 120px));
      }
      figure {
        margin: 0;
      }
      figcaption {
        font-size: 0.92em;
        margin-top: 3px;
      }
    `,
  ];

  @property({ attribute: false }) strings!: StudioStrings;
  @property() locale = 'en';
  @property({ attribute: false }) insights: readonly LayerInsight[] = [];
  /** The insight whose overlay is shown. */
  @property({ attribute: false }) overlaid: string | undefined;
  @property() phase: Phase = 'queued';
  /** How far the run is. */
  @property({ type: Number }) step = 0;

  protected override render(): unknown {
    const { strings, insights, phase } = this;
    if (insights.length === 0) {
      const awaited =
        phase === 'paused' || phase === 'pausing'
          ? strings.layersPaused
          : phase === 'starting' || phase === 'queued' || (isLive(phase) && this.step === 0)
            ? strings.layersEmpty
            : strings.layersIdle;
      return html`<p class="muted">${awaited}</p>`;
    }
    return html`<p class="muted">${strings.layersIntro}</p>
      ${this.group('style', strings.style)} ${this.group('content', strings.content)}`;
  }

  private group(kind: LayerInsight['kind'], title: string): unknown {
    const members = this.insights.filter(insight => insight.kind === kind);
    if (members.length === 0) return nothing;
    return html`<h3>${title}</h3>
      ${repeat(members, insightKey, insight => this.layer(insight))}`;
  }

  private layer(insight: LayerInsight): unknown {
    const { strings, locale } = this;
    const { layer, styleGram, resultGram, receptiveField, channels, meanActivation } = insight;
    const key = insightKey(insight);
    const shown = this.overlaid === key;
    return html`<section>
      <header>
        <h4>${layer}</h4>
        ${
          insight.gradientOverlay === undefined
            ? nothing
            : html`<button
                class="tool"
                aria-pressed=${shown}
                title=${fill(strings.showGradient, { layer })}
                @click=${() => this.toggleOverlay(shown ? undefined : key)}
              >
                ${icon('target')}${strings.gradient}
              </button>`
        }
      </header>
      <div class="facts muted figures">
        <span>${fill(strings.receptiveField, { pixels: receptiveField })}</span>
        <span>${fill(strings.channels, { count: formatCount(channels, locale) })}</span>
        <span>${fill(strings.meanActivation, { value: formatLoss(meanActivation, locale) })}</span>
      </div>
      ${styleGram === undefined ? nothing : this.maps(layer, styleGram, resultGram)}
    </section>`;
  }

  private maps(layer: string, style: GramMap, result: GramMap | undefined): unknown {
    const { strings } = this;
    const most = brightest(style);
    const map = (which: string, values: GramMap | undefined, kind: 'gram' | 'difference') =>
      html`<figure>
        <atelier-heat-map
          .map=${values}
          .most=${most}
          .kind=${kind}
          .label=${fill(strings.gramMap, { layer, which })}
        ></atelier-heat-map>
        <figcaption class="muted clip">${which}</figcaption>
      </figure>`;
    return html`<div class="maps">
      ${map(strings.gramStyle, style, 'gram')} ${map(strings.gramResult, result, 'gram')}
      ${map(strings.gramDifference, difference(style, result), 'difference')}
    </div>`;
  }

  private toggleOverlay(key: string | undefined): void {
    this.dispatchEvent(new CustomEvent<string | undefined>('overlay', { detail: key }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-layer-section': LayerSection;
  }
}
