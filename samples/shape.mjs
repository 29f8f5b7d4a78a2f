/** Plane shapes as signed measures: negative inside, about the distance to the outline outside. */
import { clamp, lerp } from './scalar.mjs';

/** A bent limb: a polyline whose half width goes from `wide` to `narrow`. */
export function limb(points, wide, narrow) {
  return (x, y) => {
    let best = Infinity;
    for (let i = 0; i + 1 < points.length; i++) {
      const [ax, ay] = points[i];
      const [bx, by] = points[i + 1];
      const t = clamp(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2));
      const half = lerp(wide, narrow, (i + t) / (points.length - 1));
      best = Math.min(best, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) - half);
    }
    return best;
  };
}

/** A leaf: the overlap of two circles, `long` from tip to tip and `wide` across, turned by `angle`. */
export function leaf([cx, cy], angle, long, wide) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const a = long / 2;
  const b = wide / 2;
  const radius = (a * a + b * b) / (2 * b);
  return (x, y) => {
    const v = (y - cy) * cos - (x - cx) * sin;
    const u = (x - cx) * cos + (y - cy) * sin;
    return Math.hypot(u, Math.abs(v) + radius - b) - radius;
  };
}

/** Whether a point lies inside a polygon, by the even-odd rule. */
export function inPolygon(points, x, y) {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [ax, ay] = points[i];
    const [bx, by] = points[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Points written as in an SVG path: 'x,y x,y …', or with more numbers to a point. */
export const points = text =>
  text
    .trim()
    .split(/\s+/)
    .map(point => point.split(',').map(Number));
