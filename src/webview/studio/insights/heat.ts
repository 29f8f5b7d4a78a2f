import type { GramMap } from '../../../protocol/run';

/** Red, green, blue in 0 … 255. */
export type Rgb = readonly [number, number, number];

/** Colours from the theme: nothing, much, and the two signs of a difference. */
export interface HeatColours {
  readonly ground: Rgb;
  readonly much: Rgb;
  readonly most: Rgb;
  readonly less: Rgb;
  readonly more: Rgb;
}

/** Result minus style, cell by cell; undefined unless both are there in the same size. */
export function difference(style: GramMap | undefined, result: GramMap | undefined): GramMap | undefined {
  if (style === undefined || result?.size !== style.size) return undefined;
  return {
    size: style.size,
    values: style.values.map((value, index) => (result.values[index] ?? 0) - value),
  };
}

/** The value that is drawn brightest: a few cells of a Gram matrix dwarf the others, so the 99th percentile. */
export function brightest(map: GramMap): number {
  const sizes = map.values.map(Math.abs).sort((a, b) => a - b);
  return sizes[Math.floor((sizes.length - 1) * 0.99)] ?? 0;
}

/**
 * Pixels of a map, RGBA, row by row. Brightness grows with the square root, so that small values show; negative
 * values (of a difference) take the colour `less`.
 * @param most the value with the full colour
 */
export function heatPixels(
  map: GramMap,
  most: number,
  kind: 'gram' | 'difference',
  colours: HeatColours,
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(map.size ** 2 * 4);
  map.values.forEach((value, index) => {
    const share = most > 0 ? Math.min(1, Math.sqrt(Math.abs(value) / most)) : 0;
    pixels.set([...(kind === 'gram' ? ramp(share, colours) : signed(share, value, colours)), 255], index * 4);
  });
  return pixels;
}

function ramp(share: number, { ground, much, most }: HeatColours): Rgb {
  return share < 0.6 ? mix(ground, much, share / 0.6) : mix(much, most, (share - 0.6) / 0.4);
}

function signed(share: number, value: number, { ground, less, more }: HeatColours): Rgb {
  return mix(ground, value < 0 ? less : more, share);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const between = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return [between(0), between(1), between(2)];
}
