import type { Tensor } from '@tensorflow/tfjs-core';
import {
  backwardFiltering,
  forwardFiltering,
  inputTransform,
  outputTransform,
  type Filtering,
} from '../winograd';
import type { Kernels } from './kernels';

/** Zeros around a map so that its windows are those of a 3x3 convolution that keeps its size, or none. */
export type Windows = 'SAME' | 'VALID';

/**
 * 3x3 convolutions by minimal filtering on maps with channels last: tiles of 6 × 6 pixels are cut out of the map,
 * transformed, multiplied with the transformed kernel, 36 matrices for 36 products, and transformed back to 4 × 4.
 * Cutting and joining are TensorFlow's rearrangements by blocks: a map of every fourth pixel, for each of the 4 × 4
 * places in a block, of which the first two are needed again one block further on.
 */
export class MinimalFiltering {
  private readonly matrices = new Map<Filtering, { readonly cut: Tensor; readonly join: Tensor }>();

  constructor(private readonly kernels: Kernels) {}

  /** The convolution; `kernel` is 36 × out × in. */
  forward(x: Tensor, kernel: Tensor, windows: Windows): Tensor {
    return this.filter(x, kernel, windows, forwardFiltering);
  }

  /** The convolution of a gradient with the rotated and transposed kernel; `kernel` is that of the way forward. */
  backward(gradient: Tensor, kernel: Tensor): Tensor {
    return this.filter(gradient, kernel, 'SAME', backwardFiltering);
  }

  dispose(): void {
    for (const { cut, join } of this.matrices.values()) for (const tensor of [cut, join]) tensor.dispose();
    this.matrices.clear();
  }

  private filter(x: Tensor, kernel: Tensor, windows: Windows, filtering: Filtering): Tensor {
    const { kernels } = this;
    const { outputs: m, products } = filtering;
    const [, rows = NaN, columns = NaN, from = NaN] = x.shape;
    const before = windows === 'SAME' ? 1 : 0;
    const [height, width] = [rows + 2 * before - 2, columns + 2 * before - 2];
    const [down, across] = [Math.ceil(height / m), Math.ceil(width / m)];
    const tiles = down * across;
    const squared = products * products;
    const { cut, join } = this.transforms(filtering);
    const forward = filtering === forwardFiltering;
    const to = kernel.shape[forward ? 1 : 2]!;
    const zeros = [
      [before, (down + 1) * m - rows - before],
      [before, (across + 1) * m - columns - before],
    ] as const;
    let values = kernels.spaceToBatch(x, m, zeros);
    // What has been used goes at once: together these are many times the map.
    const become = (next: Tensor): void => {
      values.dispose();
      values = next;
    };
    become(kernels.reshape(values, [m, m, down + 1, across + 1, from]));
    become(this.overlapped(values, 0, products));
    become(this.overlapped(values, 1, products));
    become(kernels.reshape(values, [squared, tiles * from]));
    become(kernels.matMul(cut, values));
    become(kernels.reshape(values, [squared, tiles, from]));
    become(kernels.batchMatMul(values, kernel, { b: forward }));
    become(kernels.reshape(values, [squared, tiles * to]));
    become(kernels.matMul(join, values));
    become(kernels.reshape(values, [m * m, down, across, to]));
    become(kernels.batchToSpace(values, m, [down * m - height, across * m - width]));
    return values;
  }

  /** Along axis 0 or 1 the m places in a block, then the first of those in the next block: `products` in all. */
  private overlapped(places: Tensor, axis: 0 | 1, products: number): Tensor {
    const { kernels } = this;
    const along = axis + 2;
    const blocks = places.shape[along]! - 1;
    const own = kernels.slice(places, along, 0, blocks);
    const first = kernels.slice(places, axis, 0, products - places.shape[axis]!);
    const next = kernels.slice(first, along, 1, blocks);
    const all = kernels.concat([own, next], axis);
    for (const tensor of [own, first, next]) tensor.dispose();
    return all;
  }

  private transforms(filtering: Filtering): { readonly cut: Tensor; readonly join: Tensor } {
    let found = this.matrices.get(filtering);
    if (found === undefined) {
      const { outputs, products } = filtering;
      const squared = products * products;
      found = {
        cut: this.kernels.upload(inputTransform(filtering), [squared, squared]),
        join: this.kernels.upload(outputTransform(filtering), [outputs * outputs, squared]),
      };
      this.matrices.set(filtering, found);
    }
    return found;
  }
}
