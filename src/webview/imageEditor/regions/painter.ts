import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from '../../common/styles';
import { union, wholeOf, type Rect } from './mask';
import type { RegionsPainting } from './painting';
import { tint } from './tint';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Lies over the picture: the regions in their colours, and the brush. Dragging paints, with Alt it erases, with the space bar
 * it moves the picture; of the keyboard, arrows move the brush, with Shift they paint, and Enter dabs.
 */
@customElement('atelier-mask-painter')
export class MaskPainter extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        cursor: crosshair;
        touch-action: none;
      }
      :host([panning]) {
        cursor: grab;
      }
      canvas {
        display: block;
        height: 100%;
        width: 100%;
      }
      .brush {
        border: 1px solid #fff;
        border-radius: 50%;
        left: 0;
        outline: 1px solid #000;
        pointer-events: none;
        position: absolute;
        top: 0;
        visibility: hidden;
      }
      :host(:hover) .brush,
      :host(:focus-visible) .brush {
        visibility: visible;
      }
      :host([panning]) .brush {
        visibility: hidden;
      }
    `,
  ];

  @property({ attribute: false }) painting!: RegionsPainting;
  @property() uri = '';
  @property() label = '';
  @property({ type: Number }) tintOpacity = 0.6;
  /** Diameter of the brush in pixels of the mask. */
  @property({ type: Number }) brush = 0;
  /** Whether dragging moves the picture. */
  @property({ type: Boolean, reflect: true }) panning = false;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  @query('.brush') private readonly ring!: HTMLElement;

  private dirty: Rect | undefined;
  private frame = 0;
  /** Where the brush is, in pixels of the mask. */
  private at: Point | undefined;
  /** While a button is down. */
  private erasing: boolean | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.addEventListener('pointerdown', this.down);
    this.addEventListener('pointermove', this.move);
    this.addEventListener('pointerup', this.up);
    this.addEventListener('pointercancel', this.up);
    this.addEventListener('dblclick', event => event.stopPropagation());
    this.addEventListener('keydown', this.key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.painting.redraw = () => undefined;
  }

  protected override render(): unknown {
    return html`<canvas></canvas>
      <div class="brush"></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('label')) this.setAttribute('aria-label', this.label);
    const { blank } = this.painting;
    const { canvas } = this;
    canvas.style.opacity = String(this.tintOpacity);
    if (canvas.width !== blank.width || canvas.height !== blank.height || changed.has('painting')) {
      canvas.width = blank.width;
      canvas.height = blank.height;
      this.draw(wholeOf(blank));
    }
    this.painting.redraw = rect => this.draw(rect);
    this.placeBrush();
  }

  /** Once a frame, and no more than has changed. */
  private draw(rect: Rect): void {
    this.dirty = union(this.dirty, rect);
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      const { dirty } = this;
      this.dirty = undefined;
      if (dirty === undefined || dirty.right <= dirty.left || dirty.bottom <= dirty.top) return;
      const masks = this.painting.regions.map(({ painted }) =>
        painted.width === this.canvas.width && painted.height === this.canvas.height ? painted : undefined,
      );
      const pixels = new ImageData(tint(masks, dirty), dirty.right - dirty.left);
      this.canvas.getContext('2d')?.putImageData(pixels, dirty.left, dirty.top);
    });
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.button !== 0 || this.panning) return;
    // The pane would move the picture.
    event.stopPropagation();
    const at = this.pointIn(event);
    this.at = at;
    if (this.painting.tool === 'byColor') {
      this.fillAt(at);
      return;
    }
    this.setPointerCapture(event.pointerId);
    this.erasing = event.altKey || this.painting.tool === 'eraser';
    this.painting.stroke(at, at, this.erasing);
  };

  private readonly move = (event: PointerEvent): void => {
    if (this.erasing === undefined) {
      this.at = this.pointIn(event);
      this.placeBrush();
      return;
    }
    event.stopPropagation();
    for (const one of event.getCoalescedEvents().concat(event)) {
      const to = this.pointIn(one);
      this.painting.stroke(this.at ?? to, to, this.erasing);
      this.at = to;
    }
    this.placeBrush();
  };

  private readonly up = (event: PointerEvent): void => {
    if (this.erasing === undefined) return;
    event.stopPropagation();
    this.erasing = undefined;
    this.painting.commit();
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) return;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const { width, height } = this.canvas;
    const from = this.at ?? { x: width / 2, y: height / 2 };
    const erase = event.altKey || this.painting.tool === 'eraser';
    if (event.key === 'Enter') {
      this.at = from;
      if (this.painting.tool === 'byColor') this.fillAt(from);
      else {
        this.painting.stroke(from, from, erase);
        this.painting.commit();
      }
    } else if (moves !== undefined) {
      const step = Math.max(1, this.brush / 4);
      const to = {
        x: Math.min(width - 1, Math.max(0, from.x + moves[0]! * step)),
        y: Math.min(height - 1, Math.max(0, from.y + moves[1]! * step)),
      };
      this.at = to;
      if (event.shiftKey && this.painting.tool !== 'byColor') {
        this.painting.stroke(from, to, erase);
        this.painting.commit();
      }
    } else return;
    event.preventDefault();
    this.placeBrush();
  };

  private fillAt(point: Point): void {
    void this.painting.fillFrom(this.uri, {
      x: Math.min(this.canvas.width - 1, Math.max(0, point.x)),
      y: Math.min(this.canvas.height - 1, Math.max(0, point.y)),
    });
  }

  private pointIn({ clientX, clientY }: MouseEvent): Point {
    const { left, top, width, height } = this.getBoundingClientRect();
    return {
      x: ((clientX - left) / width) * this.canvas.width,
      y: ((clientY - top) / height) * this.canvas.height,
    };
  }

  private placeBrush(): void {
    const { width, height } = this.canvas;
    const { x, y } = this.at ?? { x: width / 2, y: height / 2 };
    const scale = this.clientWidth / width;
    const side = this.painting.tool === 'byColor' ? 8 : Math.max(4, this.brush * scale);
    this.ring.style.width = `${side}px`;
    this.ring.style.height = `${side}px`;
    this.ring.style.transform = `translate(${x * scale - side / 2}px, ${y * scale - side / 2}px)`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'atelier-mask-painter': MaskPainter;
  }
}
