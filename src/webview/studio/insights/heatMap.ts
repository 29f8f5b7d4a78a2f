import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from '../../common/styles';
import { heatPixels, type HeatColours, type Rgb } from './heat';
import type { GramMap } from '../../../protocol/run';

/** A matrix as a small picture in the theme's colours. */
@customElement('atelier-heat-map')
export class HeatMap extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        aspect-ratio: 1;
        background: var(--vscode-editorWidget-background);
        border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 3px;
        overflow: hidden;
      }
      canvas {
        display: block;
        height: 100%;
        image-rendering: pixelated;
        width: 100%;
      }
    `,
  ];

  @property({ attribute: false }) map: GramMap | undefined;
  /** The value with the full colour; the same for the maps that are compared. */
  @property({ type: Number }) most = 1;
  @property() kind: 'gram' | 'difference' = 'gram';
  @property() label = '';
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  private readonly themed = new MutationObserver(() => this.paint());

  override connectedCallback(): void {
    super.connectedCallback();
    this.themed.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.themed.disconnect();
  }

  protected override render(): unknown {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('map') || changed.has('most') || changed.has('kind')) this.paint();
  }

  private paint(): void {
    const { map, canvas } = this;
    if (map === undefined || !this.hasUpdated) return;
    canvas.width = map.size;
    canvas.height = map.size;
    const image = new ImageData(map.size, map.size);
    image.data.set(heatPixels(map, this.most, this.kind, themeColours(this)));
    canvas.getContext('2d')?.putImageData(image, 0, 0);
  }
}

/** The theme's colours, brought to numbers by a canvas, which understands every way to write a colour. */
function themeColours(element: HTMLElement): HeatColours {
  const style = getComputedStyle(element);
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgb = (variable: string): Rgb => {
    if (context === null) return [0, 0, 0];
    context.fillStyle = style.getPropertyValue(variable).trim() || '#808080';
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
  return {
    ground: rgb('--vscode-editor-background'),
    much: rgb('--vscode-charts-blue'),
    most: rgb('--vscode-editor-foreground'),
    less: rgb('--vscode-charts-blue'),
    more: rgb('--vscode-charts-red'),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-heat-map': HeatMap;
  }
}
