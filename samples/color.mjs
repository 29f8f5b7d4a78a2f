/** Colours are [red, green, blue], sRGB-encoded in [0, 1] unless a name says linear. */
import { clamp, lerp } from './scalar.mjs';

/** '#rrggbb' as a colour. */
export function hex(text) {
  const n = Number.parseInt(text.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

/** sRGB's transfer function and its inverse (IEC 61966-2-1). */
export const toLinear = v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
export const toEncoded = v => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

const linearHexes = new Map();

/** '#rrggbb' as linear light; remembered, for materials ask at every hit. Not to be changed in place. */
export function linearHex(text) {
  let color = linearHexes.get(text);
  if (!color) linearHexes.set(text, (color = hex(text).map(toLinear)));
  return color;
}

/** Component-wise blend. */
export const mix = (a, b, t) => [lerp(a[0], b[0], t), lerp(a[1], b[1], t), lerp(a[2], b[2], t)];

export const scaled = (a, k) => [a[0] * k, a[1] * k, a[2] * k];

export const luminance = c => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];

/** Blends along a list of [position, colour] stops in ascending order. */
export function gradient(stops, t) {
  let i = 0;
  while (i < stops.length - 2 && t > stops[i + 1][0]) i++;
  const [start, from] = stops[i];
  const [end, to] = stops[i + 1];
  return mix(from, to, clamp((t - start) / (end - start)));
}

/** Moves hue (turns), saturation and value by the given amounts: the small differences between strokes of one paint. */
export function varied(color, hue, saturation, value) {
  const grey = luminance(color);
  const angle = 2 * Math.PI * hue;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle) / Math.sqrt(3);
  const [r, g, b] = color.map(v => grey + (v - grey) * (1 + saturation));
  const k = (1 - cos) / 3;
  // Rotation about the grey axis (Rodrigues' formula).
  return [
    r * (cos + k) + g * (k - sin) + b * (k + sin),
    r * (k + sin) + g * (cos + k) + b * (k - sin),
    r * (k - sin) + g * (k + sin) + b * (cos + k),
  ].map(v => clamp(v * (1 + value)));
}
