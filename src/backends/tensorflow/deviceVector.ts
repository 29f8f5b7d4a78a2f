import type { Tensor } from '@tensorflow/tfjs-core';
import type { Size } from '../../nst/image';
import type { AdamUpdate, Term, VectorSpace } from '../../nst/vector';
import { DevicePreconditioner } from './devicePreconditioner';
import type { Kernels } from './kernels';

/** A vector on the device, in the layout of an image there. Operations put another tensor in the place of its own. */
export class DeviceVector {
  constructor(public tensor: Tensor) {}

  /** Takes the tensor over and frees the one before. */
  become(tensor: Tensor): void {
    this.tensor.dispose();
    this.tensor = tensor;
  }
}

/** Images have three channels. */
export const IMAGE_CHANNELS = 3;

/** Vectors that never leave the device; only products of them come back. */
export class DeviceVectors implements VectorSpace<DeviceVector> {
  constructor(private readonly kernels: Kernels) {}

  zeros(like: DeviceVector): DeviceVector {
    return new DeviceVector(this.kernels.zerosLike(like.tensor));
  }

  copy(x: DeviceVector): DeviceVector {
    return new DeviceVector(this.kernels.alias(x.tensor));
  }

  size(x: DeviceVector): number {
    return x.tensor.size;
  }

  /**
   * Rows are summed on the device in float32, their sums on the host in float64: as exact as it needs to be. All
   * vectors go through one product, since what an operation costs on the host counts more than its copy.
   */
  dots(x: DeviceVector, ys: readonly DeviceVector[]): number[] {
    if (ys.length === 0) return [];
    const { kernels } = this;
    const { columns } = kernels.layout;
    const rows = x.tensor.shape.slice(0, columns).reduce((product, length) => product * length, 1);
    const length = x.tensor.size / rows;
    // Each row of every vector beside the same row of the others.
    const packed = kernels.pack(
      ys.map(y => y.tensor),
      columns,
    );
    const left = kernels.reshape(packed, [rows, ys.length, length]);
    const right = kernels.reshape(x.tensor, [rows, length, 1]);
    const product = kernels.batchMatMul(left, right);
    const sums = kernels.read(product);
    for (const tensor of [packed, left, right, product]) tensor.dispose();
    const totals = new Array<number>(ys.length).fill(0);
    sums.forEach((sum, i) => (totals[i % ys.length]! += sum));
    return totals;
  }

  combine(target: DeviceVector, terms: readonly Term<DeviceVector>[]): void {
    const { kernels } = this;
    if (terms.length === 0) return target.become(kernels.zerosLike(target.tensor));
    const { shape, size } = target.tensor;
    const coefficients = kernels.upload(
      Float32Array.from(terms, ([coefficient]) => coefficient),
      [1, terms.length],
    );
    const packed = kernels.pack(terms.map(([, vector]) => vector.tensor));
    const rows = kernels.reshape(packed, [terms.length, size]);
    const sum = kernels.matMul(coefficients, rows);
    target.become(kernels.reshape(sum, shape));
    for (const tensor of [coefficients, packed, rows, sum]) tensor.dispose();
  }

  adam(x: DeviceVector, gradient: DeviceVector, m: DeviceVector, v: DeviceVector, update: AdamUpdate): void {
    const { kernels } = this;
    const { rate, beta1, beta2, epsilon, correction1, correction2 } = update;
    const spent: Tensor[] = [];
    const keep = (tensor: Tensor): Tensor => {
      spent.push(tensor);
      return tensor;
    };
    const times = (tensor: Tensor, factor: number): Tensor =>
      keep(kernels.multiply(tensor, keep(kernels.scalar(factor))));
    const squared = keep(kernels.multiply(gradient.tensor, gradient.tensor));
    m.become(kernels.add(times(m.tensor, beta1), times(gradient.tensor, 1 - beta1)));
    v.become(kernels.add(times(v.tensor, beta2), times(squared, 1 - beta2)));
    const root = keep(kernels.squareRoot(times(v.tensor, 1 / correction2)));
    const divisor = keep(kernels.add(root, keep(kernels.scalar(epsilon))));
    const step = keep(kernels.divide(times(m.tensor, rate / correction1), divisor));
    x.become(kernels.subtract(x.tensor, step));
    spent.forEach(tensor => tensor.dispose());
  }

  preconditioner(size: Size): DevicePreconditioner {
    return new DevicePreconditioner(this.kernels, size, IMAGE_CHANNELS);
  }

  toHost(x: DeviceVector): Float32Array {
    return this.kernels.layout.toPlanar(this.kernels.read(x.tensor), IMAGE_CHANNELS);
  }

  fromHost(values: Float32Array, like: DeviceVector): DeviceVector {
    const { layout } = this.kernels;
    // A copy, where the layout is planar: the tensor keeps what it is given.
    return new DeviceVector(
      this.kernels.upload(layout.fromPlanar(values.slice(), IMAGE_CHANNELS), like.tensor.shape),
    );
  }

  dispose(x: DeviceVector): void {
    x.tensor.dispose();
  }
}
