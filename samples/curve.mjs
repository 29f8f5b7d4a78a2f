/** The point at t in [0, 1] on the Catmull-Rom curve through `points` (of any dimension). */
export function curve(points, t) {
  const last = points.length - 1;
  const at = Math.min(t * last, last - 1e-9);
  const i = Math.floor(at);
  const f = at - i;
  const [a, b, c, d] = [i - 1, i, i + 1, i + 2].map(k => points[Math.max(0, Math.min(last, k))]);
  return b.map(
    (v, k) =>
      v +
      0.5 * f * (c[k] - a[k] + f * (2 * a[k] - 5 * v + 4 * c[k] - d[k] + f * (3 * (v - c[k]) + d[k] - a[k]))),
  );
}

/** The smooth curve through `points` as `count` points, each multiplied by `scale`. */
export const traced = (points, count, scale = 1) =>
  Array.from({ length: count }, (_, i) => curve(points, i / (count - 1)).map(v => v * scale));
