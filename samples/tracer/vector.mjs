/** Three-vectors as arrays, for the parts of the tracer that are not its inner loops. */

export const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a, k) => [a[0] * k, a[1] * k, a[2] * k];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const norm = a => Math.sqrt(dot(a, a));
export const unit = a => times(a, 1 / (norm(a) || 1));

/** The direction `d` mirrored at a surface of unit normal `n`. */
export const mirrored = (d, n) => add(d, times(n, -2 * dot(d, n)));

/** Two unit vectors that make a right-handed basis with the unit vector n (Duff et al., 2017). */
export function basis(n) {
  const sign = n[2] >= 0 ? 1 : -1;
  const a = -1 / (sign + n[2]);
  const b = n[0] * n[1] * a;
  return [
    [1 + sign * n[0] * n[0] * a, sign * b, -sign * n[0]],
    [b, sign + n[1] * n[1] * a, -n[1]],
  ];
}

/** A direction about the unit vector n with density proportional to its cosine. */
export function cosineDirection(n, u1, u2) {
  const [s, t] = basis(n);
  const r = Math.sqrt(u1);
  const x = r * Math.cos(2 * Math.PI * u2);
  const y = r * Math.sin(2 * Math.PI * u2);
  const z = Math.sqrt(Math.max(0, 1 - u1));
  return [0, 1, 2].map(i => s[i] * x + t[i] * y + n[i] * z);
}
