/**
 * The hit's normal bent by a height field over the object's own space: `height(x, y, z)` in object units, sampled
 * `step` apart. The object's scale is taken to be uniform.
 */
export function bumped(hit, height, step = 0.004) {
  const [x, y, z] = hit.local;
  const base = height(x, y, z);
  const slope = [
    (height(x + step, y, z) - base) / step,
    (height(x, y + step, z) - base) / step,
    (height(x, y, z + step) - base) / step,
  ];
  const m = hit.object.inverse;
  const scale = 1 / Math.cbrt(Math.abs(determinant(m)));
  // Slopes, like normals, are carried by the inverse's transpose.
  const world = [0, 1, 2].map(i => (m[i] * slope[0] + m[3 + i] * slope[1] + m[6 + i] * slope[2]) * scale);
  const n = hit.normal.map((v, i) => v - world[i]);
  const length = Math.hypot(...n);
  return n.map(v => v / length);
}

const determinant = m =>
  m[0] * (m[4] * m[8] - m[5] * m[7]) -
  m[1] * (m[3] * m[8] - m[5] * m[6]) +
  m[2] * (m[3] * m[7] - m[4] * m[6]);
