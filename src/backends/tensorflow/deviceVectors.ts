import type { Tensor } from '@tensorflow/tfjs-core';
import type { Size } from '../../nst/image';
import type { AdamUpdate, DotGroup, LinearTerm, VectorSpace } from '../../nst/optimizers/vectorSpace';
import { DevicePreconditioner } from './devicePreconditioner';
import { DeviceVector, IMAGE_CHANNELS } from './deviceVector';
import type { Kernels } from './kernels';

/** Vectors that never leave the device; only products of them come back. */
export class DeviceVectors implements VectorSpace<DeviceVector> {
  private readonly preconditioners = new Map<string, DevicePreconditioner>();

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

  dots(x: DeviceVector, ys: readonly DeviceVector[]): number[] {
    return this.manyDots([{ x, ys }])[0] ?? [];
  }

  /** Rows are summed on the device in float32, their sums on the host in float64: as exact as it needs to be. */
  manyDots(groups: readonly DotGroup<DeviceVector>[]): number[][] {
    const products = groups.map(({ x, ys: [first, ...others] }) => {
      if (first === undefined) return undefined;
      return others.length === 0 ? this.rowProducts(x, first) : this.manyRowProducts(x, [first, ...others]);
    });
    const sums = this.taken(products.filter(each => each !== undefined));
    let from = 0;
    return groups.map(({ ys }, group) => {
      const own = sums.subarray(from, (from += products[group]?.size ?? 0));
      const totals = new Array<number>(ys.length).fill(0);
      own.forEach((sum, i) => (totals[i % ys.length]! += sum));
      return totals;
    });
  }

  combine(target: DeviceVector, terms: readonly LinearTerm<DeviceVector>[]): void {
    if (terms.length === 0) target.become(this.kernels.zerosLike(target.tensor));
    else target.become(terms.length > 2 ? this.sumOfMany(terms) : this.sumOfFew(terms));
  }

  adam(x: DeviceVector, gradient: DeviceVector, m: DeviceVector, v: DeviceVector, update: AdamUpdate): void {
    const { kernels } = this;
    const { rate, beta1, beta2, epsilon, correction1, correction2 } = update;
    const spent: Tensor[] = [];
    const keep = (tensor: Tensor): Tensor => {
      spent.push(tensor);
      return tensor;
    };
    const times = (tensor: Tensor, factor: Tensor): Tensor => keep(kernels.multiply(tensor, factor));
    const always = (factor: number): Tensor => kernels.kept.scalar(factor);
    const thisTime = (factor: number): Tensor => keep(kernels.scalar(factor));
    const squared = keep(kernels.multiply(gradient.tensor, gradient.tensor));
    m.become(kernels.add(times(m.tensor, always(beta1)), times(gradient.tensor, always(1 - beta1))));
    v.become(kernels.add(times(v.tensor, always(beta2)), times(squared, always(1 - beta2))));
    const root = keep(kernels.squareRoot(times(v.tensor, thisTime(1 / correction2))));
    const divisor = keep(kernels.add(root, always(epsilon)));
    const step = keep(kernels.divide(times(m.tensor, thisTime(rate / correction1)), divisor));
    x.become(kernels.subtract(x.tensor, step));
    spent.forEach(tensor => tensor.dispose());
  }

  /** One for each size and gains, kept as long as the vectors' device is. */
  preconditioner(size: Size, gains: readonly number[]): DevicePreconditioner {
    const key = `${size.width}x${size.height} ${gains.join(' ')}`;
    const kept =
      this.preconditioners.get(key) ?? new DevicePreconditioner(this.kernels, size, IMAGE_CHANNELS, gains);
    this.preconditioners.set(key, kept);
    return kept;
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

  /** Frees what is kept for all vectors. */
  close(): void {
    this.preconditioners.forEach(each => each.dispose());
    this.preconditioners.clear();
  }

  /** Of each row of x with the same row of y. */
  private rowProducts(x: DeviceVector, y: DeviceVector): Tensor {
    const { kernels } = this;
    const values = kernels.multiply(x.tensor, y.tensor);
    const sums = kernels.sum(values, kernels.layout.columns === 2 ? [2, 3] : [3]);
    values.dispose();
    return sums;
  }

  /** Row by row, in each the products with all ys: one operation for all, since the host's work counts most. */
  private manyRowProducts(x: DeviceVector, ys: readonly DeviceVector[]): Tensor {
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
    const products = kernels.batchMatMul(left, right);
    for (const tensor of [packed, left, right]) tensor.dispose();
    return products;
  }

  /** The values of tensors one after another, which are disposed; the device is waited for once. */
  private taken(tensors: readonly Tensor[]): Float32Array {
    const { kernels } = this;
    const [first, ...others] = tensors;
    if (first === undefined) return new Float32Array();
    if (others.length === 0) {
      const values = kernels.read(first);
      first.dispose();
      return values;
    }
    const lists = tensors.map(tensor => kernels.reshape(tensor, [tensor.size]));
    const list = kernels.concat(lists, 0);
    for (const tensor of [...tensors, ...lists]) tensor.dispose();
    return this.taken([list]);
  }

  private sumOfMany(terms: readonly LinearTerm<DeviceVector>[]): Tensor {
    const { kernels } = this;
    const { shape, size } = terms[0]![1].tensor;
    const coefficients = kernels.upload(
      Float32Array.from(terms, ([coefficient]) => coefficient),
      [1, terms.length],
    );
    const packed = kernels.pack(terms.map(([, vector]) => vector.tensor));
    const rows = kernels.reshape(packed, [terms.length, size]);
    const product = kernels.matMul(coefficients, rows);
    const sum = kernels.reshape(product, shape);
    for (const tensor of [coefficients, packed, rows, product]) tensor.dispose();
    return sum;
  }

  /** One after another; most have 1 or −1 before them. */
  private sumOfFew(terms: readonly LinearTerm<DeviceVector>[]): Tensor {
    const { kernels } = this;
    let sum: Tensor | undefined;
    for (const [coefficient, { tensor }] of terms) {
      const before = sum;
      if (before !== undefined && coefficient === 1) sum = kernels.add(before, tensor);
      else if (before !== undefined && coefficient === -1) sum = kernels.subtract(before, tensor);
      else if (before === undefined && coefficient === 1) sum = kernels.alias(tensor);
      else {
        const factor = kernels.scalar(coefficient);
        const product = kernels.multiply(tensor, factor);
        factor.dispose();
        sum = before === undefined ? product : kernels.add(before, product);
        if (before !== undefined) product.dispose();
      }
      before?.dispose();
    }
    return sum!;
  }
}
