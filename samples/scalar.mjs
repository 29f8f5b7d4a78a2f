/** The scalar functions every picture is made of. */

export const clamp = (x, low = 0, high = 1) => (x < low ? low : x > high ? high : x);

export const lerp = (a, b, t) => a + (b - a) * t;

/** 0 below a, 1 above b, a smooth cubic between; a > b turns it round. */
export function smoothstep(a, b, x) {
  const t = clamp((x - a) / (b - a));
  return t * t * (3 - 2 * t);
}

/** Maps [a, b] linearly to [0, 1], held at the ends. */
export const ramp = (a, b, x) => clamp((x - a) / (b - a));

/** exp(-(x / width)²) */
export const bell = (x, width) => Math.exp(-(x * x) / (width * width));

/** Smooth minimum with a blend of about k (polynomial form). */
export function smoothMin(a, b, k) {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - h * h * k * 0.25;
}

/** A costly function of one variable on [low, high] as a table of `count` values read with linear interpolation. */
export function tabulated(f, low, high, count = 2048) {
  const table = Float64Array.from({ length: count + 1 }, (_, i) => f(lerp(low, high, i / count)));
  return x => {
    const at = clamp(((x - low) / (high - low)) * count, 0, count - 1e-9);
    const i = Math.floor(at);
    return lerp(table[i], table[i + 1], at - i);
  };
}
