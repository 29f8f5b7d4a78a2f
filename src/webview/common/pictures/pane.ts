import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Gestures } from './gestures';
import { base } from '../styles';
import { FITTED, place, stepZoom, zoomTo, panBy, type Extent, type Placement, type ViewBox } from './viewBox';

/** A picture of the pile that a pane shows, all stretched to the same place. */
export interface Layer {
  readonly key: string;
  readonly uri: string;
  /** Empty for a picture that only repeats what another one says. */
  readonly alt: string;
  /** 0 … 1. */
  readonly opacity?: number;
  readonly blend?: 'difference';
  /** Only what lies right of this fraction of the pane's width is shown. */
  readonly from?: number;
}

/** The view was changed by hand; panes that share a view pass it on to each other. */
export type ViewChange = CustomEvent<ViewBox>;

/**
 * A place where pictures are zoomed and panned. The owner holds the view; the pane asks to change it with
 * `view-change`. Fires `zoom` with the zoom that is drawn, `size` with the size of the first picture when it has
 * loaded, `broken` with the key of one that cannot be. What is put into it lies over the picture and moves with it.
 */
@customElement('atelier-pane')
export class Pane extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        cursor: default;
        overflow: hidden;
        position: relative;
        touch-action: none;
        user-select: none;
      }
      :host([movable]) {
        cursor: grab;
      }
      :host([dragging]) {
        cursor: grabbing;
      }
      :host(:focus-visible) {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: -1px;
      }
      .picture {
        left: 0;
        position: absolute;
        top: 0;
        transform-origin: 0 0;
      }
      .chequered {
        --dark: color-mix(in srgb, var(--vscode-editor-foreground) 18%, var(--vscode-editor-background));
        --light: color-mix(in srgb, var(--vscode-editor-foreground) 6%, var(--vscode-editor-background));
        background: conic-gradient(var(--dark) 25%, var(--light) 0 50%, var(--dark) 0 75%, var(--light) 0) 0
          0 / 16px 16px;
      }
      .pile {
        inset: 0;
        isolation: isolate;
        position: absolute;
      }
      img {
        display: block;
        height: 100%;
        inset: 0;
        position: absolute;
        width: 100%;
      }
      ::slotted(*) {
        inset: 0;
        position: absolute;
      }
      .pixelated img {
        image-rendering: pixelated;
      }
    `,
  ];

  @property({ attribute: false }) layers: readonly Layer[] = [];
  /** Size of the picture in pixels; pictures of other sizes are stretched to it. */
  @property({ attribute: false }) extent: Extent = { width: 0, height: 0 };
  @property({ attribute: false }) view: ViewBox = FITTED;
  /** Fitting never enlarges beyond this zoom. */
  @property({ type: Number }) fitLimit = 1;
  /** Whether the picture may be transparent: it then lies on a chequered ground. */
  @property({ type: Boolean }) chequered = false;
  @property() label = '';
  @query('.picture') private readonly picture!: HTMLElement;

  private size: Extent = { width: 0, height: 0 };
  private drawnZoom = NaN;
  private readonly observer = new ResizeObserver(() => this.measure());

  constructor() {
    super();
    new Gestures(this, {
      pan: (dx, dy) => this.change(panBy(this.placement, dx, dy, this.size)),
      zoom: (factor, point) =>
        this.change(zoomTo(this.placement, this.placement.zoom * factor, point, this.size)),
      toggle: point => {
        if (this.view.zoom === 'fit') this.change(zoomTo(this.placement, 1, point, this.size));
        else this.change(FITTED);
      },
    });
  }

  get placement(): Placement {
    return place(this.view, this.size, this.extent, this.fitLimit);
  }

  /** Zooms around the middle: a step of the ladder, to the true size, or to fit. */
  zoom(to: 'in' | 'out' | 'actual' | 'fit'): void {
    if (to === 'fit') {
      this.change(FITTED);
      return;
    }
    const from = this.placement;
    const zoom = to === 'actual' ? 1 : stepZoom(from.zoom, to === 'in' ? 1 : -1);
    this.change(zoomTo(from, zoom, { x: this.size.width / 2, y: this.size.height / 2 }, this.size));
  }

  /** Moves the view by fractions of the pane. */
  nudge(dx: number, dy: number): void {
    this.change(panBy(this.placement, -dx * this.size.width, -dy * this.size.height, this.size));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'group');
    this.observer.observe(this);
    this.measure();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected override render(): unknown {
    return html`<div class="picture">
      <div class="pile">
        ${repeat(
          this.layers,
          layer => layer.key,
          (layer, index) =>
            html`<img
              src=${layer.uri}
              alt=${layer.alt}
              decoding="sync"
              draggable="false"
              @load=${(event: Event) => index === 0 && this.loaded(event)}
              @error=${() => this.dispatchEvent(new CustomEvent('broken', { detail: layer.key }))}
            />`,
        )}
      </div>
      <slot></slot>
    </div>`;
  }

  /** Styles are set on the elements: the content security policy forbids style attributes. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('label')) this.setAttribute('aria-label', this.label);
    const { left, top, width, height, zoom } = this.placement;
    if (zoom !== this.drawnZoom) {
      this.drawnZoom = zoom;
      this.dispatchEvent(new CustomEvent<number>('zoom', { detail: zoom }));
    }
    const round = (value: number) => Math.round(value * 4) / 4;
    const { picture } = this;
    picture.style.transform = `translate(${round(left)}px, ${round(top)}px)`;
    picture.style.width = `${round(width)}px`;
    picture.style.height = `${round(height)}px`;
    picture.classList.toggle('pixelated', zoom >= 3);
    picture.classList.toggle('chequered', this.chequered && this.layers.length > 0);
    this.toggleAttribute('movable', width > this.size.width + 1 || height > this.size.height + 1);
    picture.querySelectorAll('img').forEach((image, index) => {
      const layer = this.layers[index];
      image.style.opacity = String(layer?.opacity ?? 1);
      image.style.mixBlendMode = layer?.blend ?? '';
      const cut = (layer?.from ?? 0) * this.size.width - left;
      image.style.clipPath =
        layer?.from === undefined ? '' : `inset(0 0 0 ${Math.min(width, Math.max(0, cut))}px)`;
    });
  }

  private loaded({ target }: Event): void {
    if (!(target instanceof HTMLImageElement)) return;
    const detail: Extent = { width: target.naturalWidth, height: target.naturalHeight };
    this.dispatchEvent(new CustomEvent('size', { detail }));
  }

  private measure(): void {
    this.size = { width: this.clientWidth, height: this.clientHeight };
    this.requestUpdate();
  }

  private change(view: ViewBox): void {
    // At once, so that a pan and a zoom of one gesture add up before the owner renders.
    this.view = view;
    this.dispatchEvent(new CustomEvent<ViewBox>('view-change', { detail: view }) satisfies ViewChange);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-pane': Pane;
  }
}
