import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import { formatCount, formatLoss, formatSeconds } from '../../common/format';
import { fill } from '../../../protocol/wording';
import type { StudioStrings } from '../../../protocol/strings';
import { base, tools } from '../../common/styles';
import type { Mark } from '../../../protocol/studio';
import type { TimeAxis, LossCurves } from './curves';
import './lossChart';
import type { Hover } from './lossChart';
import { look, seriesText } from './series';

/** How the person wants the curves; kept while the panel is hidden. */
export interface LossView {
  readonly axis: TimeAxis;
  readonly log: boolean;
  /** Series that are switched off. */
  readonly without: readonly string[];
}

/** The loss curves, what they are drawn against, and a legend with the values under the cursor. Fires `view`. */
@customElement('atelier-loss-section')
export class LossSection extends LitElement {
  static override styles = [
    base,
    tools,
    css`
      :host {
        padding: 10px 12px 16px;
      }
      .options {
        align-items: center;
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        justify-content: space-between;
      }
      .tool {
        padding: 0 8px;
      }
      atelier-loss-chart {
        height: clamp(180px, 36vh, 340px);
        margin: 6px 0 4px;
      }
      /* Below the painting, it has what the tabs and the options leave of the details. */
      @media (max-width: 639px), (max-width: 859px) and (min-height: 620px) {
        atelier-loss-chart {
          height: clamp(110px, calc(35vh - 110px), 340px);
        }
      }
      .where {
        display: flex;
        font-size: 0.92em;
        gap: 12px;
        min-height: 1.4em;
      }
      .legend {
        column-gap: 8px;
        font-size: 0.92em;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 168px), 1fr));
        margin: 4px -4px 0;
      }
      .entry {
        align-items: center;
        background: none;
        border: none;
        border-radius: 3px;
        color: inherit;
        cursor: pointer;
        display: flex;
        font: inherit;
        gap: 7px;
        height: 22px;
        padding: 0 4px;
        text-align: left;
      }
      .entry:hover {
        background: var(--vscode-list-hoverBackground);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .entry[aria-pressed='false'] .name {
        color: var(--vscode-disabledForeground, var(--vscode-descriptionForeground));
        text-decoration: line-through;
      }
      .entry[aria-pressed='false'] line {
        opacity: 0.25;
      }
      .name {
        flex: 1;
      }
      svg {
        flex: none;
      }
      .marks {
        font-size: 0.92em;
        list-style: none;
        margin: 10px 0 0;
        padding: 0;
      }
      .marks li::before {
        color: var(--vscode-editorWarning-foreground);
        content: '▼ ';
      }
      .empty {
        padding: 24px 0;
        text-align: center;
      }
    `,
  ];

  @property({ attribute: false }) strings!: StudioStrings;
  @property() locale = 'en';
  @property({ attribute: false }) curves!: LossCurves;
  @property({ type: Number }) revision = 0;
  @property({ attribute: false }) marks: readonly Mark[] = [];
  @property({ attribute: false }) view!: LossView;
  @state() private hovered: number | undefined;

  protected override render(): unknown {
    const { strings, curves, view, locale } = this;
    if (curves.size === 0) return html`<div class="empty muted">${strings.noLosses}</div>`;
    const latest = curves.latest;
    const summary = fill(strings.lossSummary, {
      total: formatLoss(latest?.losses.total ?? NaN, locale),
      evaluations: formatCount(latest?.evaluations ?? 0, locale),
    });
    return html`<div class="options">
        <div class="tools" role="radiogroup" aria-label=${strings.against}>
          ${this.axis('evaluations', strings.evaluations)} ${this.axis('seconds', strings.seconds)}
        </div>
        <vscode-checkbox
          toggle
          label=${strings.logScale}
          ?checked=${view.log}
          @change=${() => this.change({ log: !view.log })}
        ></vscode-checkbox>
      </div>
      <atelier-loss-chart
        .curves=${curves}
        .revision=${this.revision}
        .axis=${view.axis}
        .log=${view.log}
        .without=${new Set(view.without)}
        .marks=${this.marks}
        .locale=${locale}
        .label=${`${strings.lossChart}. ${summary}`}
        @hover=${({ detail }: Hover) => (this.hovered = detail)}
      ></atelier-loss-chart>
      ${this.legend()}
      ${
        this.marks.length === 0
          ? nothing
          : html`<ul class="marks muted">
              ${this.marks.map(mark => html`<li>${fill(strings.retuned, { ...mark })}</li>`)}
            </ul>`
      }`;
  }

  private axis(axis: TimeAxis, text: string): unknown {
    const chosen = axis === this.view.axis;
    return html`<button
      class="tool"
      role="radio"
      aria-checked=${chosen}
      tabindex=${chosen ? 0 : -1}
      @click=${() => this.change({ axis })}
      @keydown=${(event: KeyboardEvent) => this.otherAxis(event)}
    >
      ${text}
    </button>`;
  }

  private otherAxis(event: KeyboardEvent): void {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    this.change({ axis: this.view.axis === 'evaluations' ? 'seconds' : 'evaluations' });
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('[role="radio"]')];
    buttons.find(button => button !== event.target)?.focus();
  }

  private legend(): unknown {
    const { curves, view, strings, locale } = this;
    const table = curves.table(view.axis, false);
    const index = Math.min(this.hovered ?? Infinity, table[0].length - 1);
    const x = table[0][index] ?? 0;
    const where =
      view.axis === 'seconds'
        ? fill(strings.secondsCount, { seconds: formatSeconds(x, locale) })
        : fill(strings.evaluationsCount, { count: formatCount(x, locale) });
    return html`<div class="where muted figures" aria-live=${this.hovered === undefined ? 'off' : 'polite'}>
        ${where}
      </div>
      <div class="legend figures">
        ${curves.series.map((name, series) => this.entry(name, table[series + 1]?.[index] ?? NaN))}
      </div>`;
  }

  private entry(name: string, value: number): unknown {
    const { view, curves, strings, locale } = this;
    const shown = !view.without.includes(name);
    const { variable, dash, width } = look(name, curves.series);
    const without = shown ? [...view.without, name] : view.without.filter(other => other !== name);
    return html`<button class="entry" aria-pressed=${shown} @click=${() => this.change({ without })}>
      <svg width="14" height="10" aria-hidden="true">
        <line
          x1="0"
          x2="14"
          y1="5"
          y2="5"
          stroke="var(${variable})"
          stroke-width=${width + 0.5}
          stroke-dasharray=${dash?.join(' ') ?? nothing}
        ></line>
      </svg>
      <span class="name clip">${seriesText(name, strings)}</span>
      <span>${formatLoss(value, locale)}</span>
    </button>`;
  }

  private change(change: Partial<LossView>): void {
    this.dispatchEvent(new CustomEvent<LossView>('view', { detail: { ...this.view, ...change } }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-loss-section': LossSection;
  }
}
