import type { Tensor } from '@tensorflow/tfjs-core';
import type { Session } from './session';

/** Tensors of values that come again and again: each crosses to TensorFlow once. They stay ours. */
export class KeptTensors {
  private readonly lists = new Map<string, Tensor>();
  private readonly scalars = new Map<number, Tensor>();

  constructor(private readonly session: Session) {}

  /** Integers that say how to compute. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): Tensor {
    const key = `${shape.join('x')}:${values.join(',')}`;
    const present = this.lists.get(key);
    if (present !== undefined) return present;
    const tensor = this.session.tf.tensor(Int32Array.from(values), [...shape], 'int32');
    this.lists.set(key, tensor);
    return tensor;
  }

  /** A number that is the same in every step. */
  scalar(value: number): Tensor {
    const present = this.scalars.get(value);
    if (present !== undefined) return present;
    const tensor = this.session.tf.tensor(Float32Array.of(value), [], 'float32');
    this.scalars.set(value, tensor);
    return tensor;
  }

  dispose(): void {
    for (const kept of [this.lists, this.scalars]) {
      for (const tensor of kept.values()) tensor.dispose();
      kept.clear();
    }
  }
}
