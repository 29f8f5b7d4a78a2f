import type { Tensor } from '@tensorflow/tfjs-core';
import type { Size } from '../../nst/image';
import { gainsOf } from '../../nst/preconditioner';
import type { Preconditioner } from '../../nst/vector';
import type { DeviceVector } from './deviceVector';
import type { Kernels } from './kernels';

/** D along one side: the transpose of bilinear enlargement by 2, halved. */
const REDUCTION = [0.125, 0.375, 0.375, 0.125];

/**
 * What `HostPreconditioner` computes, on the device. D is a convolution of stride 2 over the map with its edges
 * repeated, U the device's own bilinear enlargement; a side of odd length gets a row of zeros, which is cut off
 * again. The gains are in the convolutions' kernels.
 */
export class DevicePreconditioner implements Preconditioner<DeviceVector> {
  private readonly gains: readonly number[];

  /** For vectors that are images of this size and number of channels. */
  constructor(
    private readonly kernels: Kernels,
    size: Size,
    private readonly channels: number,
  ) {
    this.gains = gainsOf(size);
  }

  apply(target: DeviceVector, x: DeviceVector): void {
    target.become(this.withCoarser(x.tensor, 0));
  }

  /** A level's map, which has its gain in it, with what the coarser levels add. */
  private withCoarser(map: Tensor, level: number): Tensor {
    const { kernels } = this;
    const gain = this.gains[level];
    if (gain === undefined) return kernels.alias(map);
    const even = this.fitted(map, length => length + (length % 2));
    const bordered = kernels.repeatEdges(even);
    const kernel = this.reduction(gain / (this.gains[level - 1] ?? 1));
    const reduced = kernels.halve(bordered, kernel);
    const coarser = this.withCoarser(reduced, level + 1);
    const enlarged = kernels.double(coarser);
    const added = this.fitted(enlarged, (_, axis) => map.shape[axis]!);
    const sum = kernels.add(map, added);
    for (const tensor of [even, bordered, kernel, reduced, coarser, enlarged, added]) tensor.dispose();
    return sum;
  }

  /** Rows and columns as many as wanted: one of zeros more at the end, or one less, or as they are. */
  private fitted(map: Tensor, wanted: (length: number, axis: number) => number): Tensor {
    const { kernels } = this;
    let fitting = kernels.alias(map);
    for (const axis of [kernels.layout.rows, kernels.layout.columns]) {
      const length = map.shape[axis]!;
      const want = wanted(length, axis);
      if (want === length) continue;
      const before = fitting;
      fitting = want > length ? kernels.pad(before, axis, 'after') : kernels.slice(before, axis, 0, want);
      before.dispose();
    }
    return fitting;
  }

  /** `factor` · D as a kernel of a convolution of each channel with itself. */
  private reduction(factor: number): Tensor {
    const values = REDUCTION.flatMap(down =>
      REDUCTION.flatMap(across => new Array<number>(this.channels).fill(factor * down * across)),
    );
    return this.kernels.upload(Float32Array.from(values), [4, 4, this.channels, 1]);
  }
}
