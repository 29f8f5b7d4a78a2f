import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { formatCount, formatDuration, formatSeconds } from '../common/format';
import { fill } from '../../protocol/wording';
import type { StudioStrings } from '../../protocol/strings';
import { icon } from '../common/icon';
import { base, tools } from '../common/styles';
import type { Frame } from '../../protocol/studio';
import type { Progress, Status } from '../../protocol/run';
import { isLive, steering, type Intention } from './intentions';
import { scaleText } from './phase';
import './timeline';

/** Below the painting: the timeline, the buttons that steer the run, and how far it is. */
@customElement('atelier-transport')
export class Transport extends LitElement {
  static override styles = [
    base,
    tools,
    css`
      :host {
        padding: 4px 12px 10px;
      }
      .timeline {
        align-items: center;
        display: flex;
        gap: 10px;
      }
      atelier-timeline {
        flex: 1;
        min-width: 0;
      }
      .below {
        align-items: center;
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        margin-top: 6px;
        min-height: 28px;
      }
      .saved {
        display: grid;
        gap: 6px;
        grid-template-columns: 16px minmax(0, 1fr);
        margin-top: 6px;
      }
      .saved .icon {
        color: var(--vscode-charts-green);
        margin-top: 1px;
      }
      .saved > :last-child {
        overflow-wrap: anywhere;
      }
      .queue {
        align-items: center;
        display: flex;
        flex-wrap: wrap;
        gap: 4px 8px;
        margin-top: 6px;
      }
      .queue .tool {
        gap: 4px;
        max-width: 100%;
        padding: 0 8px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .question {
        flex-basis: 100%;
      }
      .button-icon {
        display: inline-block;
        vertical-align: -3px;
      }
      .facts {
        column-gap: 16px;
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        margin-left: auto;
      }
      .facts > * {
        white-space: nowrap;
      }
      .live {
        padding: 0 8px;
      }
      @media (max-width: 560px) {
        .facts {
          justify-content: flex-start;
          margin-left: 0;
          width: 100%;
        }
      }
    `,
  ];

  @property({ attribute: false }) strings!: StudioStrings;
  @property() locale = 'en';
  @property({ attribute: false }) status: Status | undefined;
  @property({ attribute: false }) frames: readonly Frame[] = [];
  @property({ type: Number }) shown = -1;
  @property({ type: Boolean }) original = false;
  /** The button whose choices are shown in the place of the others. */
  @state() private asking: Intention['text'] | undefined;

  protected override updated(changed: PropertyValues): void {
    // Whoever pressed the button goes on from there by keyboard.
    if (!changed.has('asking')) return;
    const first = this.renderRoot.querySelector('vscode-button');
    // It takes the focus once it is drawn.
    void first?.updateComplete.then(() => first.focus());
  }

  protected override render(): unknown {
    const { strings, status, frames } = this;
    const live = status !== undefined && (isLive(status.phase) || status.phase === 'paused');
    const progress = status?.progress;
    return html`${
        frames.length === 0
          ? nothing
          : html`<div class="timeline">
              <atelier-timeline
                .strings=${strings}
                .frames=${frames}
                .progress=${progress}
                .shown=${this.shown}
                @frame=${({ detail }: CustomEvent<number>) => this.emit('frame', detail)}
              ></atelier-timeline>
              <div class="tools">
                <button
                  class="tool live"
                  aria-pressed=${this.shown < 0}
                  title=${strings.followLiveHint}
                  @click=${() => this.emit('frame', -1)}
                >
                  ${live ? strings.followLive : strings.newest}
                </button>
                <button
                  class="tool"
                  aria-pressed=${this.original}
                  aria-label=${strings.showOriginal}
                  title=${strings.showOriginal}
                  @click=${() => this.emit('original', !this.original)}
                >
                  ${icon('eye')}
                </button>
              </div>
            </div>`
      }
      ${status === undefined ? nothing : this.whereabouts(status)}
      ${status === undefined ? nothing : this.queue(status)}
      <div class="below">
        ${status === undefined ? nothing : this.buttons(steering(status))}
        ${progress === undefined ? nothing : this.facts(progress)}
      </div>`;
  }

  /** Another painting of the queue, to go on to. */
  private queue({ queue }: Status): unknown {
    if (queue === undefined) return nothing;
    const { strings } = this;
    const { name, place, total, now, follow } = queue;
    return html`<div class="queue">
      <button
        class="tool"
        title=${strings.queueHint}
        @click=${() => this.emit('intend', { type: 'showQueued' })}
      >
        <span class="clip">${fill(now ? strings.queueNow : strings.queueNext, { name, place, total })}</span>
        ${icon('chevron-right')}
      </button>
      <button
        class="tool"
        aria-pressed=${follow}
        @click=${() => this.emit('intend', { type: 'followQueue', follow: !follow })}
      >
        ${strings.followQueue}
      </button>
    </div>`;
  }

  /** Where the painting is now: a person looks for it. */
  private whereabouts({ phase, savedAs, result }: Status): unknown {
    const { strings } = this;
    if (savedAs !== undefined)
      return html`<div class="saved">
        ${icon('check')}<span>${fill(strings.savedAs, { name: savedAs })}</span>
      </div>`;
    if (result === undefined || (phase !== 'done' && phase !== 'stopped')) return nothing;
    return html`<div class="saved muted">${icon('info')}<span>${strings.notSaved}</span></div>`;
  }

  private buttons(steering: readonly Intention[]): unknown {
    const { strings, asking } = this;
    const choices = steering.find(({ text }) => text === asking)?.choices;
    if (choices === undefined) return html`<div class="buttons">${steering.map(this.button)}</div>`;
    return html`<div
      class="buttons"
      role="group"
      aria-labelledby="question"
      @keydown=${({ key }: KeyboardEvent) => key === 'Escape' && this.ask(undefined)}
    >
      <span id="question" class="question">${strings.stopQuestion}</span>${choices.map(this.button)}
    </div>`;
  }

  private ask(asking: Intention['text'] | undefined): void {
    this.asking = asking;
  }

  private press({ text, request, choices }: Intention): void {
    this.ask(choices === undefined ? undefined : text);
    if (request !== undefined) this.emit('intend', request);
  }

  private readonly button = (intention: Intention): unknown =>
    // A problem's own buttons come first.
    html`<vscode-button
      ?secondary=${intention.primary !== true || (this.status?.problem?.actions.length ?? 0) > 0}
      @click=${() => this.press(intention)}
      ><span slot="content-before" class="button-icon">${icon(intention.icon)}</span
      >${this.strings[intention.text]}</vscode-button
    >`;

  private facts(progress: Progress): unknown {
    const { strings, locale, status } = this;
    const { plan, scale, step, totalSteps, seconds, secondsPerStep, secondsLeft } = progress;
    const live = status?.phase === 'running' || status?.phase === 'paused' || status?.phase === 'pausing';
    const count = (value: number) => formatCount(value, locale);
    const text = fill(strings.stepOf, { step: count(step), total: count(totalSteps) });
    return html`<div
      class="facts figures muted"
      role="progressbar"
      aria-label=${strings.progress}
      aria-valuemin="0"
      aria-valuemax=${totalSteps}
      aria-valuenow=${step}
      aria-valuetext=${text}
    >
      ${plan.length > 1 && live ? html`<span>${scaleText(progress, strings)}</span>` : nothing}
      <span>${fill(strings.dimensions, { width: scale[0], height: scale[1] })}</span>
      <span>${text}</span>
      ${
        secondsPerStep === undefined || !live
          ? nothing
          : html`<span
              >${fill(strings.secondsPerStep, { seconds: formatSeconds(secondsPerStep, locale) })}</span
            >`
      }
      ${
        secondsLeft === undefined || !live
          ? html`<span>${fill(strings.timeTaken, { time: formatDuration(seconds) })}</span>`
          : html`<span>${fill(strings.timeLeft, { time: formatDuration(secondsLeft) })}</span>`
      }
    </div>`;
  }

  private emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-transport': Transport;
  }
}
