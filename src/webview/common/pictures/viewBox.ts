import * as z from 'zod/mini';
import type { Of } from '../../../protocol/schema';

/** Width and height, in pixels of the screen for a pane, in pixels of the image for a picture. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/**
 * What part of a picture is seen. The centre is kept as fractions of the picture, so that pictures of different
 * sizes can share one view; zoom 1 draws an image pixel as a CSS pixel.
 */
export const viewBox = z.object({
  zoom: z.union([z.number(), z.literal('fit')]),
  x: z.number(),
  y: z.number(),
});
export type ViewBox = Of<typeof viewBox>;

/** Where a pane draws the picture, in CSS pixels from the pane's corner. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly zoom: number;
}

export const FITTED: ViewBox = { zoom: 'fit', x: 0.5, y: 0.5 };
export const MAX_ZOOM = 32;
const MIN_ZOOM = 0.02;

/** The zooms that the plus and minus keys walk through. */
const STEPS = [0.02, 0.05, 0.1, 0.25, 1 / 3, 0.5, 2 / 3, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/** The zoom that shows all of the picture, at most `limit`. */
function fitZoom(pane: Extent, picture: Extent, limit: number): number {
  if (picture.width <= 0 || picture.height <= 0) return 1;
  return Math.min(limit, pane.width / picture.width, pane.height / picture.height);
}

/** A picture smaller than the pane is centred; a larger one is never dragged away from the pane's edges. */
export function place(view: ViewBox, pane: Extent, picture: Extent, fitLimit: number): Placement {
  const zoom = view.zoom === 'fit' ? fitZoom(pane, picture, fitLimit) : view.zoom;
  const width = picture.width * zoom;
  const height = picture.height * zoom;
  return {
    left: offset(pane.width, width, view.x),
    top: offset(pane.height, height, view.y),
    width,
    height,
    zoom,
  };
}

function offset(pane: number, size: number, centre: number): number {
  if (size <= pane) return (pane - size) / 2;
  return Math.min(0, Math.max(pane - size, pane / 2 - centre * size));
}

/** The view of a placement: what `place` gives back, with the centre where it really is. */
function viewOf({ left, top, width, height, zoom }: Placement, pane: Extent): ViewBox {
  return {
    zoom,
    x: width > 0 ? (pane.width / 2 - left) / width : 0.5,
    y: height > 0 ? (pane.height / 2 - top) / height : 0.5,
  };
}

/** Zooms to `zoom` so that what is under the point (pane coordinates) stays there, as far as the edges allow. */
export function zoomTo(
  from: Placement,
  zoom: number,
  point: { readonly x: number; readonly y: number },
  pane: Extent,
): ViewBox {
  const bounded = Math.min(MAX_ZOOM, Math.max(Math.min(MIN_ZOOM, from.zoom), zoom));
  const factor = bounded / from.zoom;
  const moved: Placement = {
    left: point.x - (point.x - from.left) * factor,
    top: point.y - (point.y - from.top) * factor,
    width: from.width * factor,
    height: from.height * factor,
    zoom: bounded,
  };
  return clamped(moved, pane);
}

/** Moves the picture by CSS pixels. */
export function panBy(from: Placement, dx: number, dy: number, pane: Extent): ViewBox {
  return clamped({ ...from, left: from.left + dx, top: from.top + dy }, pane);
}

function clamped(placement: Placement, pane: Extent): ViewBox {
  const { x, y } = viewOf(placement, pane);
  const { width, height } = placement;
  return viewOf(
    { ...placement, left: offset(pane.width, width, x), top: offset(pane.height, height, y) },
    pane,
  );
}

/** The next zoom of the ladder in a direction. */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  const slack = 1.001;
  return direction > 0
    ? (STEPS.find(step => step > zoom * slack) ?? MAX_ZOOM)
    : (STEPS.findLast(step => step < zoom / slack) ?? MIN_ZOOM);
}

/** Factor of a wheel's turn; `deltaY` in pixels. Pinching a touchpad arrives as small turns with Ctrl. */
export function wheelFactor(deltaY: number): number {
  return Math.exp(-Math.max(-100, Math.min(100, deltaY)) * 0.004);
}
