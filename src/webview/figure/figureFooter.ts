import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { formatDuration, formatPercent } from '../common/format';
import { fill } from '../../protocol/wording';
import type { FigureStrings } from '../../protocol/strings';
import { icon } from '../common/icon';
import { base } from '../common/styles';
import type { FigurePageStatus, FigurePhase, ShownFigure } from '../../protocol/figure';
import { cellsOf } from './figureState';

/** Below the pictures: how far the figure is, and the button that stops it or goes on. Fires `intend`. */
@customElement('atelier-figure-footer')
export class FigureFooter extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        align-items: center;
        border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        display: flex;
        flex-wrap: wrap;
        gap: 6px 16px;
        min-height: 44px;
        padding: 7px 14px;
      }
      .button-icon {
        display: inline-block;
        vertical-align: -3px;
      }
      .track {
        background: var(--atelier-track);
        border: 1px solid var(--vscode-contrastBorder, transparent);
        border-radius: 3px;
        flex: 1;
        height: 6px;
        min-width: 120px;
        overflow: hidden;
      }
      .bar {
        background: var(--vscode-progressBar-background, var(--vscode-button-background));
        height: 100%;
        transform: scaleX(var(--done, 0));
        transform-origin: left;
        width: 100%;
      }
      .facts {
        display: flex;
        gap: 16px;
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) strings!: FigureStrings;
  @property() locale = 'en';
  @property({ attribute: false }) figure!: ShownFigure;
  @property({ attribute: false }) status!: FigurePageStatus;

  protected override render(): unknown {
    const { strings, figure, status } = this;
    const { phase, secondsLeft } = status;
    const cells = cellsOf(figure);
    const finished = cells.filter(({ state }) => state === 'done').length;
    const count = fill(strings.finishedOf, { count: finished, total: cells.length });
    return html`${this.button()} ${phase === 'done' ? nothing : this.track(count)}
      <div class="facts figures muted">
        ${phase === 'queued' ? html`<span>${strings.waitingText}</span>` : nothing}
        ${phase === 'starting' ? html`<span>${strings.startingText}</span>` : nothing}
        <span>${count}</span>
        ${
          secondsLeft === undefined || phase !== 'running'
            ? nothing
            : html`<span>${fill(strings.timeLeft, { time: formatDuration(secondsLeft) })}</span>`
        }
      </div>`;
  }

  private track(count: string): unknown {
    const { strings, locale, status } = this;
    return html`<div
      class="track"
      role="progressbar"
      aria-label=${strings.progress}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(100 * status.done)}
      aria-valuetext="${formatPercent(status.done, locale)}, ${count}"
    >
      <div class="bar"></div>
    </div>`;
  }

  protected override updated(): void {
    this.renderRoot.querySelector<HTMLElement>('.bar')?.style.setProperty('--done', String(this.status.done));
  }

  private button(): unknown {
    const { strings, status } = this;
    const { phase } = status;
    if (isLive(phase))
      return html`<vscode-button secondary @click=${() => this.emit('stop')}
        ><span slot="content-before" class="button-icon">${icon('debug-stop')}</span
        >${strings.stop}</vscode-button
      >`;
    if (phase === 'done' || phase === 'stopping') return nothing;
    const hasButtons = (status.problem?.actions.length ?? 0) > 0;
    return html`<vscode-button
      ?secondary=${hasButtons && phase === 'failed'}
      @click=${() => this.emit('resume')}
      ><span slot="content-before" class="button-icon">${icon('play')}</span
      >${phase === 'failed' ? strings.again : strings.resume}</vscode-button
    >`;
  }

  private emit(intention: 'stop' | 'resume'): void {
    this.dispatchEvent(new CustomEvent<'stop' | 'resume'>('intend', { detail: intention }));
  }
}

function isLive(phase: FigurePhase): boolean {
  return phase === 'queued' || phase === 'starting' || phase === 'running';
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-figure-footer': FigureFooter;
  }
}
