import type { Size } from '../image';
import type { Window } from '../ops';
import { blockOf, type LayerName } from '../vgg19';

/** How much each pixel of an image, or each position of a layer, counts. */
export interface Mask extends Size {
  /** height · width values, row by row; of an image in [0, 1]. */
  readonly data: Float32Array;
}

/** The mask of an image at a layer, by average pooling, however the network pools. Odd last rows and columns drop out. */
export function maskAt(mask: Mask, layer: LayerName): Mask {
  let pooled = mask;
  for (let block = blockOf(layer); block > 1; block--) pooled = halved(pooled);
  return pooled;
}

/** Σ m: of a layer, the positions that count. */
export function sumOf({ data }: Mask): number {
  return data.reduce((sum, value) => sum + value, 0);
}

/** Positions that count alike and tell an average as exactly: (Σm)²/Σm². */
export function positionsWorth(mask: Mask): number {
  const squares = mask.data.reduce((sum, value) => sum + value ** 2, 0);
  return sumOf(mask) ** 2 / squares;
}

/** The mask with a mean of 1, so that a mean of weighted features is that of the features where the mask is. */
export function withMeanOne(mask: Mask): Mask {
  const factor = mask.data.length / sumOf(mask);
  return { ...mask, data: mask.data.map(value => factor * value) };
}

/** The smallest window outside of which nothing counts. */
export function windowOf({ width, height, data }: Mask): Window {
  let [left, top, right, bottom] = [width, height, 0, 0];
  data.forEach((value, i) => {
    if (value === 0) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + 1);
  });
  return { left, top, width: right - left, height: bottom - top };
}

export function cropped(mask: Mask, { left, top, width, height }: Window): Mask {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * mask.width + left;
    data.set(mask.data.subarray(from, from + width), y * width);
  }
  return { width, height, data };
}

function halved({ width, height, data }: Mask): Mask {
  const [columns, rows] = [width >> 1, height >> 1];
  const half = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = 2 * y * width + 2 * x;
      half[y * columns + x] = (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!) / 4;
    }
  }
  return { width: columns, height: rows, data: half };
}
