import type { Mask } from './mask';

/** Half of a feathered border, over the longest side: 4 of 512 px to either side. */
const HALF_BORDER = 4 / 512;

/** What is left of rounding in sums over ones, or over zeros. */
const ROUNDING = 1e-9;

/**
 * The mask with a soft border, 8 px wide at 512: means over squares, twice. Further inside it is 1 exactly, further
 * outside 0; beyond the edge of the picture it is as at the edge.
 */
export function feathered(mask: Mask): Mask {
  const radius = Math.max(1, Math.round((HALF_BORDER * Math.max(mask.width, mask.height)) / 2));
  let values = Float64Array.from(mask.data);
  for (let pass = 0; pass < 2; pass++) {
    values = averaged(values, mask.height, mask.width, mask.width, 1, radius);
    values = averaged(values, mask.width, mask.height, 1, mask.width, radius);
  }
  return { ...mask, data: Float32Array.from(values, settled) };
}

function settled(value: number): number {
  return value > 1 - ROUNDING ? 1 : value < ROUNDING ? 0 : value;
}

/** Running means of 2·radius + 1 values along lines of so many values, which are `step` apart. */
function averaged(
  values: Float64Array,
  lines: number,
  length: number,
  lineStep: number,
  step: number,
  radius: number,
): Float64Array<ArrayBuffer> {
  const means = new Float64Array(values.length);
  for (let line = 0; line < lines; line++) {
    const at = (i: number) => values[line * lineStep + Math.min(length - 1, Math.max(0, i)) * step]!;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      means[line * lineStep + i * step] = sum / (2 * radius + 1);
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
  return means;
}
