import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from '../icon';
import type { IconName } from '../iconName';
import { base, tools } from '../styles';
import type { FigureStrings } from '../strings';
import '../thumbnail';
import type { Figure, FigurePhase, FigureStatus } from './messages';

/** What the figure is made from and on, where it stands, and what can be taken away. Fires `ask`. */
@customElement('atelier-figure-header')
export class FigureHeader extends LitElement {
  static override styles = [
    base,
    tools,
    css`
      :host {
        align-items: center;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        column-gap: 12px;
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto auto;
        min-height: 52px;
        padding: 7px 14px;
        row-gap: 2px;
      }
      .pictures {
        align-items: center;
        display: flex;
        gap: 5px;
      }
      atelier-thumbnail {
        width: 36px;
      }
      .names {
        min-width: 0;
      }
      h1 {
        font-size: inherit;
        font-weight: 600;
        margin: 0;
      }
      .facts {
        font-size: 0.92em;
      }
      .phase {
        align-items: center;
        display: flex;
        gap: 6px;
        white-space: nowrap;
      }
      .dot {
        background: var(--colour);
        border-radius: 50%;
        flex: none;
        height: 8px;
        width: 8px;
      }
      .busy {
        --colour: var(--vscode-progressBar-background, var(--vscode-charts-blue));
      }
      .waiting {
        --colour: var(--vscode-charts-yellow);
      }
      .good {
        --colour: var(--vscode-charts-green);
      }
      .bad {
        --colour: var(--vscode-charts-red);
      }
      @media (max-width: 560px) {
        :host {
          grid-template-columns: auto minmax(0, 1fr) auto;
        }
        .names {
          grid-column: 2 / -1;
        }
        .phase {
          grid-column: 1 / 3;
        }
      }
    `,
  ];

  @property({ attribute: false }) strings!: FigureStrings;
  @property({ attribute: false }) figure!: Figure;
  @property({ attribute: false }) status!: FigureStatus;

  protected override render(): unknown {
    const { strings, figure, status } = this;
    const kind = figure.kind === 'tradeoff' ? strings.tradeoffTitle : strings.reconstructionsTitle;
    const facts = [figure.title, figure.model, status.device].filter(fact => fact !== undefined);
    const unfinished = status.phase !== 'done';
    return html`<div class="pictures">
        ${figure.sources.map(
          (picture, index) =>
            html`${index === 0 ? nothing : html`<span class="muted" aria-hidden="true">×</span>`}
              <atelier-thumbnail .picture=${picture} title=${picture.name}></atelier-thumbnail>`,
        )}
      </div>
      <div class="names">
        <h1 class="clip">${kind}</h1>
        <div class="facts muted clip" title=${facts.join(' · ')}>${facts.join(' · ')}</div>
      </div>
      <div class="phase ${tone(status.phase)}">
        <span class="dot"></span><span>${phaseText(status.phase, strings)}</span>
      </div>
      <div class="tools">
        ${this.tool('saveSheet', 'table', strings.saveSheet, unfinished)}
        ${this.tool('savePage', 'export', strings.savePage, unfinished)}
        ${this.tool('openPage', 'go-to-file', strings.openPage, unfinished)}
        ${this.tool('reveal', 'folder-opened', strings.reveal, unfinished)}
      </div>`;
  }

  private tool(what: string, name: IconName, label: string, disabled: boolean): unknown {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      ?disabled=${disabled}
      @click=${() => this.dispatchEvent(new CustomEvent<string>('ask', { detail: what }))}
    >
      ${icon(name)}
    </button>`;
  }
}

/** A phase in one word. */
export function phaseText(phase: FigurePhase, strings: FigureStrings): string {
  const texts: Record<FigurePhase, string> = {
    queued: strings.phaseQueued,
    starting: strings.phaseStarting,
    running: strings.phaseRunning,
    stopping: strings.phaseStopping,
    stopped: strings.phaseStopped,
    interrupted: strings.phaseInterrupted,
    done: strings.phaseDone,
    failed: strings.phaseFailed,
  };
  return texts[phase];
}

function tone(phase: FigurePhase): 'busy' | 'waiting' | 'good' | 'bad' {
  if (phase === 'done') return 'good';
  if (phase === 'queued' || phase === 'stopped') return 'waiting';
  return phase === 'interrupted' || phase === 'failed' ? 'bad' : 'busy';
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-figure-header': FigureHeader;
  }
}
