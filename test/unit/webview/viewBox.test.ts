import { describe, expect, it } from 'vitest';
import {
  FITTED,
  panBy,
  place,
  stepZoom,
  wheelFactor,
  zoomTo,
  MAX_ZOOM,
} from '../../../src/webview/common/pictures/viewBox';

const pane = { width: 400, height: 300 };
const photograph = { width: 1200, height: 800 };
const stamp = { width: 64, height: 64 };

describe('a view', () => {
  it('fits a large picture and centres it', () => {
    const { left, top, width, height, zoom } = place(FITTED, pane, photograph, 1);
    expect(zoom).toBeCloseTo(1 / 3);
    expect([width, height]).toEqual([expect.closeTo(400), expect.closeTo(800 / 3)]);
    expect([left, top]).toEqual([expect.closeTo(0), expect.closeTo((300 - 800 / 3) / 2)]);
  });

  it('enlarges a small picture only as far as the limit', () => {
    expect(place(FITTED, pane, stamp, 1).zoom).toBe(1);
    expect(place(FITTED, pane, stamp, Infinity).zoom).toBe(300 / 64);
  });

  it('stays finite for a picture that is not loaded yet', () => {
    expect(place(FITTED, pane, { width: 0, height: 0 }, 1)).toMatchObject({ zoom: 1, width: 0 });
  });

  it('keeps what is under the pointer there while zooming', () => {
    const point = { x: 100, y: 120 };
    const before = place({ zoom: 1, x: 0.5, y: 0.5 }, pane, photograph, 1);
    const seen = { x: (point.x - before.left) / before.width, y: (point.y - before.top) / before.height };
    let placement = before;
    for (const factor of [1.2, 1.5, 0.8, 2, 1.1]) {
      const view = zoomTo(placement, placement.zoom * factor, point, pane);
      placement = place(view, pane, photograph, 1);
    }
    expect((point.x - placement.left) / placement.width).toBeCloseTo(seen.x);
    expect((point.y - placement.top) / placement.height).toBeCloseTo(seen.y);
    expect(placement.zoom).toBeCloseTo(1.2 * 1.5 * 0.8 * 2 * 1.1);
  });

  it('never leaves a gap at the edges of a picture larger than the pane', () => {
    const placement = place({ zoom: 1, x: 0.5, y: 0.5 }, pane, photograph, 1);
    const moved = place(panBy(placement, 5000, 5000, pane), pane, photograph, 1);
    expect([moved.left, moved.top]).toEqual([0, 0]);
    const back = place(panBy(moved, -5, -7, pane), pane, photograph, 1);
    expect(back.left).toBeCloseTo(-5);
    expect(back.top).toBeCloseTo(-7);
  });

  it('centres again what became smaller than the pane', () => {
    const placement = place({ zoom: 1, x: 0.1, y: 0.1 }, pane, photograph, 1);
    const view = zoomTo(placement, 0.1, { x: 0, y: 0 }, pane);
    expect(place(view, pane, photograph, 1)).toMatchObject({ left: 140, top: 110 });
  });

  it('has a largest zoom', () => {
    const placement = place({ zoom: 30, x: 0.5, y: 0.5 }, pane, stamp, 1);
    expect(zoomTo(placement, 100, { x: 0, y: 0 }, pane).zoom).toBe(MAX_ZOOM);
  });

  it('shows the same part of pictures of different sizes', () => {
    const view = { zoom: 2, x: 0.25, y: 0.75 };
    const large = place(view, pane, photograph, 1);
    expect((pane.width / 2 - large.left) / large.width).toBeCloseTo(0.25);
  });
});

describe('steps of the zoom', () => {
  it('walk through the ladder in both directions, from between its rungs too', () => {
    expect(stepZoom(1, 1)).toBe(1.25);
    expect(stepZoom(1, -1)).toBe(0.8);
    expect(stepZoom(0.89, 1)).toBe(1);
    expect(stepZoom(0.89, -1)).toBe(0.8);
    expect(stepZoom(1 / 3, -1)).toBe(0.25);
    expect(stepZoom(MAX_ZOOM, 1)).toBe(MAX_ZOOM);
  });

  it('turn with the wheel, down makes smaller, and forth and back is no change', () => {
    expect(wheelFactor(100)).toBeLessThan(1);
    expect(wheelFactor(53) * wheelFactor(-53)).toBeCloseTo(1);
    expect(wheelFactor(10_000)).toBe(wheelFactor(100));
  });
});
