import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import '../common/pictures/pane';
import type { Layer, Pane, ViewChange } from '../common/pictures/pane';
import '../common/slider';
import { base } from '../common/styles';
import { fill } from '../../protocol/wording';
import type { ImageEditorStrings } from '../../protocol/strings';
import type { ImageInfo, ResultInfo } from '../../protocol/imageEditor';
import type { Extent, ViewBox } from '../common/pictures/viewBox';
import './divider';
import { percentScale } from './percentScale';
import type { Mode } from './viewState';

/** What stands around a pane. */
interface Around {
  readonly above?: unknown;
  readonly over?: unknown;
  readonly below?: unknown;
}

/**
 * The image, alone or against a result. Zoom and pan are one for all that is shown. Fires `view-change`, `divider`,
 * `opacity`, `zoom`, `size` and `broken`.
 */
@customElement('atelier-comparison')
export class Comparison extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 2px;
        grid-auto-columns: minmax(0, 1fr);
        grid-auto-flow: column;
        grid-template-rows: minmax(0, 1fr);
        min-height: 0;
        position: relative;
      }
      @media (max-aspect-ratio: 1/1) {
        :host {
          grid-auto-flow: row;
          grid-auto-rows: minmax(0, 1fr);
          grid-template-rows: none;
        }
      }
      .side {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        position: relative;
      }
      .stage {
        display: grid;
        grid-row: 2;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        position: relative;
      }
      .side + .side {
        outline: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      .caption {
        color: var(--vscode-descriptionForeground);
        display: flex;
        font-size: 0.92em;
        gap: 12px;
        justify-content: space-between;
        padding: 3px 10px;
      }
      .onion {
        align-items: center;
        display: flex;
        gap: 10px;
        grid-row: 3;
        margin: 0 auto;
        padding: 3px 10px;
        width: min(420px, 100%);
      }
      .onion atelier-slider {
        flex: 1;
      }
    `,
  ];

  @property({ attribute: false }) strings!: ImageEditorStrings;
  @property() mode: Mode = 'image';
  @property({ attribute: false }) image!: ImageInfo;
  @property({ attribute: false }) result: ResultInfo | undefined;
  @property({ attribute: false }) extent: Extent = { width: 0, height: 0 };
  @property({ attribute: false }) view!: ViewBox;
  @property({ type: Number }) divider = 0.5;
  @property({ type: Number }) opacity = 0.5;
  /** What lies over the picture and moves with it. */
  @property({ attribute: false }) overlay: unknown = nothing;
  @query('atelier-pane') private readonly pane!: Pane | null;

  /** See the pane's. */
  zoom(to: 'in' | 'out' | 'actual' | 'fit'): void {
    this.pane?.zoom(to);
  }

  /** See the pane's. */
  nudge(dx: number, dy: number): void {
    this.pane?.nudge(dx, dy);
  }

  protected override render(): unknown {
    const { mode, strings, image, result } = this;
    const original: Layer = { key: 'image', uri: image.uri, alt: image.name };
    if (result === undefined || mode === 'image') return this.side([original], image.name);
    const stylized: Layer = { key: 'result', uri: result.uri, alt: result.name };
    switch (mode) {
      case 'sideBySide':
        return html`${this.side([original], image.name, { above: caption(strings.original) })}
        ${this.side([stylized], result.name, { above: caption(strings.stylized) })}`;
      case 'slider':
        return this.side([original, { ...stylized, from: this.divider }], image.name, {
          above: caption(strings.original, strings.stylized),
          over: html`<atelier-divider
            .label=${strings.sliderHandle}
            .at=${this.divider}
            @at=${({ detail }: CustomEvent<number>) => this.emit('divider', detail)}
          ></atelier-divider>`,
        });
      case 'onionSkin':
        return this.side([original, { ...stylized, opacity: this.opacity }], image.name, {
          below: html`<div class="onion">
            <span aria-hidden="true">${strings.original}</span>
            <atelier-slider
              compact
              noNumber
              .label=${strings.opacity}
              .value=${this.opacity}
              .scale=${percentScale}
              @value=${({ detail }: CustomEvent<number>) => this.emit('opacity', detail)}
            ></atelier-slider>
            <span aria-hidden="true">${strings.stylized}</span>
          </div>`,
        });
      case 'difference':
        return this.side([original, { ...stylized, blend: 'difference' }], image.name, {
          above: caption(strings.viewDifference),
        });
    }
  }

  /** Nothing but the divider lies over the picture. */
  private side(layers: readonly Layer[], name: string, { above, over, below }: Around = {}): unknown {
    return html`<div class="side">
      ${above ?? nothing}
      <div class="stage">
        <atelier-pane
          ?chequered=${!['JPEG', 'BMP'].includes(this.image.format)}
          .layers=${layers}
          .extent=${this.extent}
          .view=${this.view}
          .label=${fill(this.strings.paneHint, { name })}
          @view-change=${({ detail }: ViewChange) => this.emit('view-change', detail)}
          @zoom=${({ detail }: CustomEvent<number>) => this.emit('zoom', detail)}
          @size=${({ detail }: CustomEvent<Extent>) => layers[0]?.key === 'image' && this.emit('size', detail)}
          @broken=${({ detail }: CustomEvent<string>) => this.emit('broken', detail)}
          >${this.overlay}</atelier-pane
        >
        ${over ?? nothing}
      </div>
      ${below ?? nothing}
    </div>`;
  }

  private emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** What a pane shows, above it. */
function caption(...texts: readonly string[]): unknown {
  return html`<div class="caption" aria-hidden="true">${texts.map(text => html`<span>${text}</span>`)}</div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-comparison': Comparison;
  }
}
