import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../common/pictures/pane';
import type { Layer, ViewChange } from '../common/pictures/pane';
import { spinner, spinnerStyles } from '../common/spinner';
import { base } from '../common/styles';
import { fill } from '../../protocol/wording';
import type { StudioStrings } from '../../protocol/strings';
import type { Frame, RunSummary } from '../../protocol/studio';
import type { Status } from '../../protocol/run';
import { FITTED, type Extent, type ViewBox } from '../common/pictures/viewBox';
import { finalExtent } from './frames';

/**
 * The painting, as large as there is room; before the first preview the photograph, dimmed, and what is awaited. Asks
 * to change the view with `view-change`, as its pane does.
 */
@customElement('atelier-stage')
export class Stage extends LitElement {
  static override styles = [
    base,
    spinnerStyles,
    css`
      :host {
        display: grid;
        min-height: 0;
        position: relative;
      }
      atelier-pane {
        grid-area: 1 / 1;
        min-height: 0;
        min-width: 0;
      }
      .waiting {
        opacity: 0.3;
      }
      .message {
        align-items: center;
        align-self: center;
        background: var(--vscode-editorWidget-background);
        border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 5px;
        display: flex;
        gap: 10px;
        grid-area: 1 / 1;
        justify-self: center;
        max-width: calc(100% - 32px);
        padding: 8px 14px;
        z-index: 1;
      }
      .badge {
        background: var(--vscode-badge-background);
        border: 1px solid var(--vscode-contrastBorder, transparent);
        border-radius: 3px;
        color: var(--vscode-badge-foreground);
        font-size: 0.85em;
        left: 12px;
        padding: 1px 7px;
        position: absolute;
        top: 10px;
        z-index: 1;
      }
    `,
  ];

  @property({ attribute: false }) strings!: StudioStrings;
  @property({ attribute: false }) run!: RunSummary;
  @property({ attribute: false }) status: Status | undefined;
  @property({ attribute: false }) frame: Frame | undefined;
  @property({ attribute: false }) frames: readonly Frame[] = [];
  /** The photograph instead of the painting. */
  @property({ type: Boolean }) original = false;
  /** A layer's gradient overlay, over the painting. */
  @property({ attribute: false }) overlay: string | undefined;
  @property({ attribute: false }) view: ViewBox = FITTED;
  /** Size of the photograph, until a plan says how large the painting will be. */
  @state() private natural: Extent | undefined;

  protected override render(): unknown {
    const { frame, strings } = this;
    const extent = finalExtent(this.frames, this.status?.progress) ?? this.natural ?? { width: 3, height: 2 };
    return html`<atelier-pane
        class=${frame === undefined ? 'waiting' : ''}
        .layers=${this.layers}
        .extent=${extent}
        .view=${this.view}
        .fitLimit=${Infinity}
        .label=${strings.paintingAlt}
        @view-change=${({ detail }: ViewChange) => this.dispatchEvent(new CustomEvent('view-change', { detail }))}
        @size=${({ detail }: CustomEvent<Extent>) => (this.natural = detail)}
      ></atelier-pane>
      ${this.original && frame !== undefined ? html`<span class="badge">${strings.content}</span>` : nothing}
      ${frame === undefined ? this.message() : nothing}`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('run') && changed.get('run')?.id !== this.run.id) this.natural = undefined;
  }

  private get layers(): readonly Layer[] {
    const { run, frame, strings, overlay } = this;
    const painting = (uri: string, step: number): Layer => ({
      key: 'painting',
      uri,
      alt: fill(strings.painting, {
        content: run.content.name,
        style: run.styles.map(({ name }) => name).join(' + '),
        step,
      }),
    });
    if (frame === undefined || this.original)
      return [{ key: 'content', uri: run.content.uri, alt: run.content.name }];
    const layers = [painting(frame.uri, frame.step)];
    return overlay === undefined ? layers : [...layers, { key: 'overlay', uri: overlay, alt: '' }];
  }

  private message(): unknown {
    const { strings, status } = this;
    const ahead = status?.ahead ?? 0;
    switch (status?.phase) {
      case 'queued':
        return html`<div class="message">
          ${ahead > 0 ? fill(strings.queuedAhead, { count: ahead }) : strings.queuedNext}
        </div>`;
      case 'starting':
        return html`<div class="message">${spinner(strings.phaseStarting)}${strings.startingText}</div>`;
      default:
        return nothing;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-stage': Stage;
  }
}
