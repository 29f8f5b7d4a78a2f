/** Direction fields over the picture: a field is (x, y) => [dx, dy], not necessarily of unit length. */

/** Follows a field from (x, y) both ways in steps of one pixel, `length` pixels in all. */
export function streamline(field, x, y, length, step = 1) {
  const half = Math.round(length / 2 / step);
  const back = walk(field, x, y, half, -step).reverse();
  return [...back, [x, y], ...walk(field, x, y, half, step)];
}

function walk(field, x, y, count, step) {
  const path = [];
  let [px, py] = [0, 0];
  for (let i = 0; i < count; i++) {
    let [dx, dy] = field(x, y);
    const norm = Math.hypot(dx, dy) || 1;
    // Fields of undirected lines may flip sign; the path goes on the way it went.
    const sign = dx * px + dy * py < 0 ? -1 : 1;
    [dx, dy] = [(sign * dx) / norm, (sign * dy) / norm];
    [px, py] = [dx, dy];
    x += dx * step;
    y += dy * step;
    path.push([x, y]);
  }
  return path;
}

/** A vortex about (cx, cy): turning (sign by `spin`) and drawn inwards by `pull`, fading over `radius`. */
export const vortex =
  (cx, cy, radius, spin = 1, pull = 0) =>
  (x, y) => {
    const dx = x - cx;
    const dy = y - cy;
    const r = Math.hypot(dx, dy) + 1e-6;
    const strength = Math.exp(-(r * r) / (radius * radius));
    return [(strength * (-spin * dy - pull * dx)) / r, (strength * (spin * dx - pull * dy)) / r];
  };

/** The sum of fields. */
export const combined =
  (...fields) =>
  (x, y) => {
    let [sx, sy] = [0, 0];
    for (const field of fields) {
      const [dx, dy] = field(x, y);
      sx += dx;
      sy += dy;
    }
    return [sx, sy];
  };
