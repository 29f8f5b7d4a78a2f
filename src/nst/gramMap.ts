import type { Moments } from './moments';

/** A Gram matrix in mean units, shrunk to size × size cells by averaging: small enough to look at and to send. */
export interface GramMap {
  readonly size: number;
  /** size² values, row by row. */
  readonly values: readonly number[];
}

/**
 * Shrinks a Gram matrix for a view.
 * @param cells largest size of the result; matrices with fewer channels keep their own
 * @param meanActivation divides the features: usually the style image's, so that two maps compare
 */
export function gramMap(
  { channels, gram }: Pick<Moments, 'channels' | 'gram'>,
  cells: number,
  meanActivation: number,
): GramMap {
  const size = Math.min(cells, channels);
  const sums = new Float64Array(size * size);
  const counts = new Uint32Array(size * size);
  const cellOf = (channel: number): number => Math.floor((channel * size) / channels);
  for (let i = 0; i < channels; i++) {
    for (let j = 0; j < channels; j++) {
      const cell = cellOf(i) * size + cellOf(j);
      sums[cell] = (sums[cell] ?? 0) + (gram[i * channels + j] ?? NaN);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return { size, values: Array.from(sums, (sum, cell) => sum / (counts[cell] ?? 1) / meanActivation ** 2) };
}
