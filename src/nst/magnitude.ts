import type { FloatImage } from './image';

/** This part of the pixels is above the magnitude that counts as full. */
const SATURATED = 0.01;

/**
 * Length of the gradient at every pixel, over red, green and blue, relative to its 99th percentile: height · width
 * values in [0, 1].
 */
export function magnitude({ width, height, data }: FloatImage): Float32Array {
  const area = width * height;
  const lengths = Float32Array.from({ length: area }, (_, i) =>
    Math.hypot(data[i] ?? 0, data[area + i] ?? 0, data[2 * area + i] ?? 0),
  );
  const full = lengths.toSorted()[Math.floor((1 - SATURATED) * (area - 1))] ?? 0;
  return full > 0 ? lengths.map(length => Math.min(1, length / full)) : lengths;
}
