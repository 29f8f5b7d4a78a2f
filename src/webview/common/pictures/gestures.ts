import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { wheelFactor } from './viewBox';

/** A place in the element, in CSS pixels from its corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a hand on the mouse, the touchpad or the screen means. */
export interface Meanings {
  /** The picture follows the hand by so many CSS pixels. */
  pan(dx: number, dy: number): void;
  zoom(factor: number, point: Point): void;
  /** A double click. */
  toggle(point: Point): void;
}

/** Ctrl+wheel and pinching zoom around the pointer; the wheel alone and dragging pan. */
export class Gestures implements ReactiveController {
  private readonly pointers = new Map<number, Point>();

  constructor(
    private readonly element: ReactiveControllerHost & HTMLElement,
    private readonly meanings: Meanings,
  ) {
    element.addController(this);
  }

  hostConnected(): void {
    const { element } = this;
    element.addEventListener('wheel', this.wheel, { passive: false });
    element.addEventListener('pointerdown', this.down);
    element.addEventListener('pointermove', this.move);
    element.addEventListener('pointerup', this.up);
    element.addEventListener('pointercancel', this.up);
    element.addEventListener('dblclick', this.double);
  }

  hostDisconnected(): void {
    const { element } = this;
    element.removeEventListener('wheel', this.wheel);
    element.removeEventListener('pointerdown', this.down);
    element.removeEventListener('pointermove', this.move);
    element.removeEventListener('pointerup', this.up);
    element.removeEventListener('pointercancel', this.up);
    element.removeEventListener('dblclick', this.double);
    this.pointers.clear();
  }

  private readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) this.meanings.zoom(wheelFactor(event.deltaY * lines), this.at(event));
    else if (event.shiftKey && event.deltaX === 0) this.meanings.pan(-event.deltaY * lines, 0);
    else this.meanings.pan(-event.deltaX * lines, -event.deltaY * lines);
  };

  private readonly down = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.button > 1) return;
    this.element.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.at(event));
    this.element.toggleAttribute('dragging', true);
  };

  private readonly move = (event: PointerEvent): void => {
    const before = this.pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = this.at(event);
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, now);
    if (other === undefined) {
      this.meanings.pan(now.x - before.x, now.y - before.y);
      return;
    }
    const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    const apart = (a: Point, b: Point) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
    const [from, to] = [middle(before, other), middle(now, other)];
    this.meanings.pan(to.x - from.x, to.y - from.y);
    this.meanings.zoom(apart(now, other) / apart(before, other), to);
  };

  private readonly up = (event: PointerEvent): void => {
    this.pointers.delete(event.pointerId);
    if (this.pointers.size === 0) this.element.toggleAttribute('dragging', false);
  };

  private readonly double = (event: MouseEvent): void => this.meanings.toggle(this.at(event));

  private at(event: MouseEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}
