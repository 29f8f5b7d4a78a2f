import type * as Ort from 'onnxruntime-common';
import type { OnnxModel } from './onnxModel';

/**
 * The values of graphs' given inputs, for all graphs of one network: computed for the first that asks, and held once
 * however many sizes are worked on.
 */
export class GivenTensors {
  private readonly tensors = new Map<string, Ort.Tensor>();

  constructor(private readonly runtime: typeof Ort) {}

  /** By the names of the model's inputs. */
  of(model: OnnxModel): Record<string, Ort.Tensor> {
    const result: Record<string, Ort.Tensor> = {};
    for (const [name, { shape, values }] of model.givens) {
      const tensor = this.tensors.get(name) ?? new this.runtime.Tensor('float32', values(), shape);
      this.tensors.set(name, tensor);
      result[name] = tensor;
    }
    return result;
  }
}
