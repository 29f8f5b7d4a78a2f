import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from '../common/styles';
import { fill } from '../../protocol/wording';
import type { StudioStrings } from '../../protocol/strings';
import type { Frame } from '../../protocol/studio';
import type { Progress } from '../../protocol/run';
import { nearestFrame, scaleStarts } from './frames';

/** The previews along the steps of the run. Fires `frame` with an index, or -1 for the newest one, whichever it is. */
@customElement('atelier-timeline')
export class Timeline extends LitElement {
  static override styles = [
    base,
    css`
      .track {
        border-radius: 3px;
        cursor: pointer;
        height: 22px;
        position: relative;
        touch-action: none;
      }
      .track:focus-visible {
        outline-offset: 2px;
      }
      .rail {
        background: linear-gradient(
          to right,
          var(--vscode-progressBar-background, var(--vscode-button-background)) calc(100% * var(--done, 0)),
          var(--atelier-track) 0
        );
        border-radius: 2px;
        height: 4px;
        inset: 9px 0 auto;
        outline: 1px solid var(--vscode-contrastBorder, transparent);
        position: absolute;
      }
      .scale {
        background: var(--vscode-editor-background);
        height: 4px;
        left: calc(100% * var(--at));
        margin-left: -1px;
        position: absolute;
        top: 9px;
        width: 2px;
      }
      :host-context(.vscode-high-contrast) .scale {
        background: var(--vscode-foreground);
        height: 10px;
        top: 6px;
      }
      .thumb {
        background: var(--vscode-progressBar-background, var(--vscode-button-background));
        border: 2px solid var(--vscode-editor-background);
        border-radius: 50%;
        box-shadow: 0 0 0 1px var(--vscode-contrastBorder, transparent);
        height: 16px;
        left: calc(100% * var(--thumb, 0));
        margin-left: -8px;
        position: absolute;
        top: 3px;
        width: 16px;
      }
      .live .thumb {
        height: 12px;
        margin-left: -6px;
        top: 5px;
        width: 12px;
      }
    `,
  ];

  @property({ attribute: false }) strings!: StudioStrings;
  @property({ attribute: false }) frames: readonly Frame[] = [];
  @property({ attribute: false }) progress: Progress | undefined;
  /** Index of the frame that is shown; -1: the newest. */
  @property({ type: Number }) shown = -1;
  @query('.track') private readonly track!: HTMLElement;

  private get index(): number {
    return this.shown < 0 ? this.frames.length - 1 : this.shown;
  }

  private get total(): number {
    return Math.max(1, this.progress?.totalSteps ?? 0, this.frames.at(-1)?.step ?? 0);
  }

  protected override render(): unknown {
    const { strings, frames, index } = this;
    const frame = frames[index];
    const text =
      frame === undefined
        ? ''
        : fill(strings.timelineValue, { step: frame.step, width: frame.scale[0], height: frame.scale[1] });
    return html`<div
      class="track ${this.shown < 0 ? 'live' : ''}"
      role="slider"
      tabindex=${frames.length > 1 ? 0 : -1}
      aria-label=${strings.timeline}
      aria-valuemin="0"
      aria-valuemax=${Math.max(0, frames.length - 1)}
      aria-valuenow=${Math.max(0, index)}
      aria-valuetext=${text}
      aria-disabled=${frames.length <= 1}
      title=${text}
      @keydown=${(event: KeyboardEvent) => this.key(event)}
      @pointerdown=${(event: PointerEvent) => this.grab(event)}
      @pointermove=${(event: PointerEvent) => this.scrub(event)}
    >
      <div class="rail"></div>
      ${scaleStarts(this.progress).map(() => html`<div class="scale"></div>`)}
      ${frame === undefined ? nothing : html`<div class="thumb"></div>`}
    </div>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const { track, total } = this;
    const newest = Math.max(this.progress?.step ?? 0, this.frames.at(-1)?.step ?? 0);
    track.style.setProperty('--done', String(Math.min(1, newest / total)));
    track.style.setProperty('--thumb', String((this.frames[this.index]?.step ?? 0) / total));
    const starts = scaleStarts(this.progress);
    track.querySelectorAll<HTMLElement>('.scale').forEach((tick, index) => {
      tick.style.setProperty('--at', String((starts[index] ?? 0) / total));
    });
  }

  private grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.track.setPointerCapture(event.pointerId);
    this.scrub(event);
  }

  private scrub(event: PointerEvent): void {
    if (!this.track.hasPointerCapture(event.pointerId)) return;
    const { left, width } = this.track.getBoundingClientRect();
    this.show(nearestFrame(this.frames, ((event.clientX - left) / Math.max(1, width)) * this.total));
  }

  private key(event: KeyboardEvent): void {
    const last = this.frames.length - 1;
    const to = {
      ArrowLeft: this.index - 1,
      ArrowDown: this.index - 1,
      ArrowRight: this.index + 1,
      ArrowUp: this.index + 1,
      PageDown: this.index - 10,
      PageUp: this.index + 10,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.show(Math.min(last, Math.max(0, to)));
  }

  /** The last frame means following the run. */
  private show(index: number): void {
    const frame = index >= this.frames.length - 1 ? -1 : index;
    if (frame !== this.shown) this.dispatchEvent(new CustomEvent<number>('frame', { detail: frame }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-timeline': Timeline;
  }
}
