import type { Tensor } from '@tensorflow/tfjs-core';
import type { Size } from '../../nst/image';
import type { Preconditioner } from '../../nst/optimizers/vectorSpace';
import type { DeviceVector } from './deviceVector';
import type { Kernels } from './kernels';
import { PyramidMatrices } from './pyramidMatrices';

/** D along one side: the transpose of bilinear enlargement by 2, halved. */
const REDUCTION = [0.125, 0.375, 0.375, 0.125];

/**
 * Maps of so many pixels have all their coarser levels in a few products of matrices, whose cost in operations is that
 * of one level and whose cost in arithmetic grows with the third power of the side.
 */
const AS_MATRICES = 64 * 64;

/**
 * What `HostPreconditioner` computes, on the device. Down to small maps, D is a convolution of stride 2 over the map
 * with its edges repeated, U the device's own bilinear enlargement; a side of odd length gets a row of zeros, which is
 * cut off again. The gains are in the convolutions' kernels.
 */
export class DevicePreconditioner implements Preconditioner<DeviceVector> {
  /** Of the levels that are computed one after another: `factor` · D as a kernel. */
  private readonly reductions: readonly Tensor[];
  /** All levels below them, if any. */
  private readonly rest: PyramidMatrices | undefined;

  /** For vectors that are images of this size and number of channels. */
  constructor(
    private readonly kernels: Kernels,
    size: Size,
    private readonly channels: number,
    gains: readonly number[],
  ) {
    const reductions: Tensor[] = [];
    let { width, height } = size;
    let before = 1;
    while (reductions.length < gains.length && width * height > AS_MATRICES) {
      const gain = gains[reductions.length]!;
      reductions.push(this.reduction(gain / before));
      before = gain;
      [width, height] = [Math.ceil(width / 2), Math.ceil(height / 2)];
    }
    const left = gains.slice(reductions.length).map(gain => gain / before);
    this.reductions = reductions;
    this.rest =
      left.length === 0 ? undefined : new PyramidMatrices(kernels, { width, height }, left, channels);
  }

  apply(target: DeviceVector, x: DeviceVector): void {
    target.become(this.withCoarser(x.tensor, 0));
  }

  dispose(): void {
    this.reductions.forEach(kernel => kernel.dispose());
    this.rest?.dispose();
  }

  /** A level's map, which has its gain in it, with what the coarser levels add; a new tensor. */
  private withCoarser(map: Tensor, level: number): Tensor {
    const { kernels } = this;
    const reduction = this.reductions[level];
    if (reduction === undefined) return this.rest?.withCoarser(map) ?? kernels.alias(map);
    const even = this.fitted(map, length => length + (length % 2));
    const bordered = kernels.repeatEdges(even);
    if (even !== map) even.dispose();
    const reduced = kernels.halve(bordered, reduction);
    bordered.dispose();
    const coarser = this.withCoarser(reduced, level + 1);
    reduced.dispose();
    const enlarged = kernels.double(coarser);
    coarser.dispose();
    const added = this.fitted(enlarged, (_, axis) => map.shape[axis]!);
    const sum = kernels.add(map, added);
    for (const tensor of new Set([enlarged, added])) tensor.dispose();
    return sum;
  }

  /** Rows and columns as many as wanted: one of zeros more at the end, or one less; the map itself where they are. */
  private fitted(map: Tensor, wanted: (length: number, axis: number) => number): Tensor {
    const { kernels } = this;
    let fitting = map;
    for (const axis of [kernels.layout.rows, kernels.layout.columns]) {
      const length = map.shape[axis]!;
      const want = wanted(length, axis);
      if (want === length) continue;
      const before = fitting;
      fitting = want > length ? kernels.pad(before, axis, 0, 1) : kernels.slice(before, axis, 0, want);
      if (before !== map) before.dispose();
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
