import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { header } from '../common/headerStyles';
import { icon } from '../common/icon';
import type { IconName } from '../common/iconName';
import { base, tools } from '../common/styles';
import type { FigureStrings } from '../../protocol/strings';
import type { FigurePageStatus, FigurePhase, ShownFigure } from '../../protocol/figure';
import '../common/pictures/thumbnail';

/** What the figure is made from and on, where it stands, and what can be taken away. Fires `ask`. */
@customElement('atelier-figure-header')
export class FigureHeader extends LitElement {
  static override styles = [
    base,
    tools,
    header,
    css`
      :host {
        padding-inline: 14px;
      }
      h1 {
        font-size: inherit;
        font-weight: 600;
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) strings!: FigureStrings;
  @property({ attribute: false }) figure!: ShownFigure;
  @property({ attribute: false }) status!: FigurePageStatus;

  protected override render(): unknown {
    const { strings, figure, status } = this;
    const kind = titleOf(figure.kind, strings);
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

function titleOf(kind: ShownFigure['kind'], strings: FigureStrings): string {
  const titles: Record<ShownFigure['kind'], string> = {
    reconstructions: strings.reconstructionsTitle,
    tradeoff: strings.tradeoffTitle,
    styles: strings.stylesTitle,
    variations: strings.variationsTitle,
  };
  return titles[kind];
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
