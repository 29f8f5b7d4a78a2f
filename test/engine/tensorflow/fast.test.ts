import type { Tensor } from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { OnnxExecutor } from '../../../src/backends/onnx/executor';
import { compareExecutors, disagreement } from '../../../src/backends/selfCheck';
import { TensorflowExecutor } from '../../../src/backends/tensorflow/executor';
import { Kernels } from '../../../src/backends/tensorflow/kernels';
import { CHANNELS_LAST } from '../../../src/backends/tensorflow/layout';
import { openSession, type Session } from '../../../src/backends/tensorflow/session';
import { resourcePath } from '../../../src/common/resources';
import { openSafetensorsWeights } from '../../../src/models/formats/safetensorsWeights';
import { createNetwork } from '../../../src/models/network';
import { tensorflowAddon } from './runtime';

let addon: string;
let session: Session;
beforeAll(async () => {
  addon = await tensorflowAddon();
  session = await openSession(addon, { threads: 2 });
}, 600_000);
afterEach(() => {
  vi.restoreAllMocks();
});

it('the addon has a switch for rounded products, which takes true or false', () => {
  const loaded = { exports: {} as { enableTensorFloat32?: (enabled: unknown) => void } };
  process.dlopen(loaded, addon);
  const { enableTensorFloat32 } = loaded.exports;
  expect(() => enableTensorFloat32!(false)).not.toThrow();
  expect(() => enableTensorFloat32!(1)).toThrow(TypeError);
});

it('only convolutions may round', () => {
  let allowed = false;
  const seen: string[] = [];
  const { backend } = session;
  const execute = backend.executeSingleOutput.bind(backend);
  vi.spyOn(backend, 'executeSingleOutput').mockImplementation((name, ...rest) => {
    if (allowed) seen.push(name);
    return execute(name, ...rest);
  });
  const kernels = new Kernels({ ...session, allowRounding: value => void (allowed = value) }, CHANNELS_LAST);
  const x = kernels.upload(new Float32Array(2 * 2 * 3).fill(1), [1, 2, 2, 3]);
  const kernel = kernels.upload(new Float32Array(9 * 3 * 3).fill(1), [3, 3, 3, 3]);
  const matrix = kernels.reshape(x, [4, 3]);
  kernels.conv(x, kernel, 'SAME');
  kernels.matMul(matrix, matrix, { a: true });
  kernels.batchMatMul(kernels.reshape(x, [2, 2, 3]), kernels.reshape(x, [2, 3, 2]));
  expect(seen).toEqual(['Conv2D']);
  expect(() => kernels.conv(x, matrix, 'SAME')).toThrow();
  expect(allowed).toBe(false);
});

/** To the nearest number with 10 bits after the leading one. */
function rounded({ session: { tf } }: { readonly session: Session }, tensor: Tensor): Tensor {
  const values = tensor.dataSync<'float32'>().slice();
  const bits = new Uint32Array(values.buffer);
  bits.forEach((value, i) => (bits[i] = (value + 0x1000) & 0xffffe000));
  return tf.tensor(values, tensor.shape, 'float32');
}

it('a card that rounds what it convolves is let in as a fast one, and as no other', async () => {
  const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
  const executor = await TensorflowExecutor.create(network, { addon, threads: 2 });
  const reference = await OnnxExecutor.create(network, { provider: 'cpu', threads: 2 });
  afterAll(() => executor.dispose());
  const conv = Object.getOwnPropertyDescriptor(Kernels.prototype, 'conv')!.value as Kernels['conv'];
  vi.spyOn(Kernels.prototype, 'conv').mockImplementation(function (this: Kernels, x, kernel, windows) {
    const operands = [x, kernel].map(each => rounded({ session }, each)) as [Tensor, Tensor];
    const product = conv.call(this, ...operands, windows);
    operands.forEach(each => each.dispose());
    return product;
  });
  const agreement = await compareExecutors(executor, reference);
  expect(disagreement(agreement)).toBeDefined();
  expect(disagreement(agreement, true)).toBeUndefined();
});
