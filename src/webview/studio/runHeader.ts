import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { header } from '../common/headerStyles';
import { icon } from '../common/icon';
import type { IconName } from '../common/iconName';
import { base, tools } from '../common/styles';
import { fill } from '../../protocol/wording';
import type { StudioStrings } from '../../protocol/strings';
import type { RunSummary } from '../../protocol/studio';
import type { Status } from '../../protocol/run';
import '../common/pictures/thumbnail';
import { phaseText } from './phase';

/** What runs, on what, and where it stands; pictures of both sides, and what can be done with the result. */
@customElement('atelier-run-header')
export class RunHeader extends LitElement {
  static override styles = [
    base,
    tools,
    header,
    css`
      .style {
        background: none;
        border: 1px solid var(--vscode-contrastBorder, transparent);
        border-radius: 5px;
        cursor: pointer;
        padding: 1px;
      }
      .style:hover {
        outline: 2px solid var(--vscode-focusBorder);
      }
      .title {
        font-weight: 600;
      }
      @media (max-width: 560px) {
        /* Two lines rather than half a name. */
        .names > .clip {
          -webkit-box-orient: vertical;
          display: -webkit-box;
          -webkit-line-clamp: 2;
          overflow-wrap: anywhere;
          white-space: normal;
        }
      }
    `,
  ];

  @property({ attribute: false }) strings!: StudioStrings;
  @property({ attribute: false }) run!: RunSummary;
  @property({ attribute: false }) status: Status | undefined;
  /** There is a picture that can be copied and saved. */
  @property({ type: Boolean }) painted = false;

  protected override render(): unknown {
    const { strings, run, status } = this;
    const styles = run.styles.map(({ name }) => name).join(' + ');
    const facts = [run.recipeName, run.model, run.statistics, status?.device].filter(
      fact => fact !== undefined && fact !== '',
    );
    const phase = status === undefined ? undefined : phaseText(status.phase, strings);
    return html`<div class="pictures">
        <atelier-thumbnail .picture=${run.content}></atelier-thumbnail>
        <span class="muted" aria-hidden="true">×</span>
        <button
          class="style"
          aria-label=${fill(strings.styleSlot, { style: styles })}
          title=${strings.styleHint}
          @click=${() => this.ask('pickStyle')}
        >
          <atelier-thumbnail .picture=${run.styles[0]}></atelier-thumbnail>
        </button>
      </div>
      <div class="names">
        <div class="title clip" title="${run.content.name} × ${styles}">${run.content.name} × ${styles}</div>
        <div class="facts muted clip" title=${status?.deviceNote ?? nothing}>
          ${facts.join(' · ')}${status?.deviceNote === undefined ? nothing : ` – ${status.deviceNote}`}
        </div>
      </div>
      <div class="phase ${status === undefined ? '' : tone(status.phase)}">
        ${phase === undefined ? nothing : html`<span class="dot"></span><span>${phase}</span>`}
      </div>
      <div class="tools">
        ${this.tool('saveAs', 'save-as', strings.saveAs, !this.painted)}
        ${this.tool('copyImage', 'copy', strings.copyImage, !this.painted)}
        ${this.tool('reveal', 'folder-opened', strings.reveal, status?.result === undefined)}
        ${this.tool('export', 'export', strings.export, !this.painted)}
      </div>`;
  }

  private tool(what: string, name: IconName, label: string, disabled: boolean): unknown {
    return html`<button
      class="tool"
      aria-label=${label}
      title=${label}
      ?disabled=${disabled}
      @click=${() => this.ask(what)}
    >
      ${icon(name)}
    </button>`;
  }

  private ask(what: string): void {
    this.dispatchEvent(new CustomEvent<string>('ask', { detail: what }));
  }
}

function tone(phase: Status['phase']): 'busy' | 'waiting' | 'good' | 'bad' {
  switch (phase) {
    case 'starting':
    case 'running':
    case 'pausing':
    case 'stopping':
      return 'busy';
    case 'queued':
    case 'paused':
    case 'stopped':
      return 'waiting';
    case 'done':
      return 'good';
    case 'interrupted':
    case 'failed':
      return 'bad';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-run-header': RunHeader;
  }
}
