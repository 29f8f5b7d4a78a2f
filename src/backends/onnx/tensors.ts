import type * as Ort from 'onnxruntime-common';
import type { Size } from '../../nst/image';
import type { Mask } from '../../nst/regions/mask';

/** A 1 × 3 × H × W tensor over the given planar values, without a copy on the CPU. */
export function imageTensor(runtime: typeof Ort, values: Float32Array, { width, height }: Size): Ort.Tensor {
  return new runtime.Tensor('float32', values, [1, 3, height, width]);
}

/** A 1 × 1 × H × W tensor over a mask's values. */
export function maskTensor(runtime: typeof Ort, { width, height, data }: Mask): Ort.Tensor {
  return new runtime.Tensor('float32', data, [1, 1, height, width]);
}
