import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatPercent } from '../../common/format';
import { fill } from '../../../protocol/wording';
import type { StudioStrings } from '../../../protocol/strings';
import { spinner, spinnerStyles } from '../../common/spinner';
import { base } from '../../common/styles';
import type { Phase, Reconstruction } from '../../../protocol/run';
import { isLive } from '../intentions';

/** The reconstructions of the paper's first figure, filled in as they come. */
@customElement('atelier-reconstruction-section')
export class ReconstructionSection extends LitElement {
  static override styles = [
    base,
    spinnerStyles,
    css`
      :host {
        padding: 10px 12px 16px;
      }
      p {
        margin: 0 0 10px;
      }
      .cards {
        display: grid;
        gap: 10px;
        grid-template-columns: repeat(auto-fill, minmax(100px, 1fr));
      }
      h3 {
        font-size: inherit;
        font-weight: 600;
        margin: 14px 0 6px;
      }
      h3:first-of-type {
        margin-top: 0;
      }
      figure {
        margin: 0;
        min-width: 0;
      }
      .frame {
        aspect-ratio: 4 / 3;
        background: var(--vscode-editorWidget-background);
        border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        display: grid;
        overflow: hidden;
        place-items: center;
        position: relative;
      }
      img {
        display: block;
        height: 100%;
        inset: 0;
        object-fit: cover;
        position: absolute;
        width: 100%;
      }
      .bar {
        background: var(--vscode-progressBar-background, var(--vscode-button-background));
        bottom: 0;
        height: 2px;
        left: 0;
        position: absolute;
        transform: scaleX(var(--done, 0));
        transform-origin: left;
        width: 100%;
      }
      figcaption {
        column-gap: 6px;
        display: flex;
        flex-wrap: wrap;
        font-size: 0.92em;
        justify-content: space-between;
        margin-top: 4px;
      }
    `,
  ];

  @property({ attribute: false }) strings!: StudioStrings;
  @property() locale = 'en';
  @property({ attribute: false }) reconstructions: readonly Reconstruction[] = [];
  @property() phase: Phase = 'queued';

  protected override render(): unknown {
    const { strings, reconstructions, phase } = this;
    if (reconstructions.length === 0) {
      const awaited =
        phase === 'paused' || phase === 'pausing'
          ? strings.reconstructionsPaused
          : isLive(phase) || phase === 'queued'
            ? strings.reconstructionsEmpty
            : strings.reconstructionsResting;
      return html`<p class="muted">${strings.reconstructionsIntro}</p>
        <p class="muted">${awaited}</p>`;
    }
    return html`<p class="muted">${strings.reconstructionsIntro}</p>
      ${this.group('style', strings.style)} ${this.group('content', strings.content)}`;
  }

  protected override updated(): void {
    this.renderRoot.querySelectorAll<HTMLElement>('figure').forEach(figure => {
      const shown = this.reconstructions.find(({ id }) => id === figure.dataset.id);
      figure.style.setProperty('--done', String(shown?.progress ?? 0));
    });
  }

  private group(kind: Reconstruction['kind'], title: string): unknown {
    const members = this.reconstructions.filter(one => one.kind === kind);
    if (members.length === 0) return nothing;
    return html`<h3>${title}</h3>
      <div class="cards">
        ${repeat(
          members,
          ({ id }) => id,
          one => this.card(one),
        )}
      </div>`;
  }

  private card({ id, kind, layers, state, uri, relativeLoss }: Reconstruction): unknown {
    const { strings, locale } = this;
    const all = fill(kind === 'style' ? strings.reconstructionStyle : strings.reconstructionContent, {
      layers: layers.join(', '),
    });
    const last = layers.at(-1) ?? '';
    const loss =
      relativeLoss === undefined
        ? undefined
        : fill(strings.reconstructionLoss, { percent: formatPercent(relativeLoss, locale) });
    return html`<figure data-id=${id} title=${all}>
      <div class="frame">
        ${uri === undefined ? this.placeholder(state) : html`<img src=${uri} alt=${all} draggable="false" />`}
        ${state === 'running' ? html`<div class="bar"></div>` : nothing}
      </div>
      <figcaption>
        <span class="clip">${layers.length > 1 ? fill(strings.upTo, { layer: last }) : last}</span>
        ${
          loss === undefined
            ? nothing
            : html`<span class="muted figures" title=${loss}
                >${formatPercent(relativeLoss ?? 0, locale)}</span
              >`
        }
      </figcaption>
    </figure>`;
  }

  private placeholder(state: Reconstruction['state']): unknown {
    const { strings } = this;
    if (state === 'running') return spinner(strings.phaseRunning);
    const text = state === 'failed' ? strings.reconstructionFailed : strings.reconstructionWaiting;
    return html`<span class="muted">${text}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-reconstruction-section': ReconstructionSection;
  }
}
