import { describe, expect, it } from 'vitest';
import { DeviceFailure, classifyErrors } from '../../../src/backends/errorClassification';
import { explainFailure } from '../../../src/engine/run/failure';
import type { Executor } from '../../../src/nst/executor';
import type { VectorSpace } from '../../../src/nst/optimizers/vectorSpace';

type Vector = object;
const x: Vector = {};
const image = { width: 16, height: 16, data: new Float32Array(768) };

/** Every call that reaches a device, by name. */
const calls: Record<string, (device: Executor<Vector>) => unknown> = {
  fromImage: device => device.fromImage(image),
  toImage: device => device.toImage(x, image),
  prepare: device => device.prepare({} as never),
  moments: device => device.moments(image, ['conv1_1'], {} as never),
  evaluate: async device => (await device.prepare({} as never)).evaluate(x, {}),
  'dispose of an objective': async device => (await device.prepare({} as never)).dispose(),
  zeros: device => device.space.zeros(x),
  copy: device => device.space.copy(x),
  dots: device => device.space.dots(x, [x]),
  manyDots: device => device.space.manyDots([{ x, ys: [x] }]),
  combine: device => device.space.combine(x, []),
  adam: device => device.space.adam(x, x, x, x, {} as never),
  preconditioner: device => device.space.preconditioner(image, [1]).apply(x, x),
  toHost: device => device.space.toHost(x),
  fromHost: device => device.space.fromHost(image.data, x),
  dispose: device => device.space.dispose(x),
};

/** A binding that fails in one call, and does nothing in the others. */
function failingAt(name: string, message: string): Executor<Vector> {
  const done = (call: string): never | Vector => {
    if (call === name) throw new Error(message);
    return x;
  };
  const later = (call: string) => Promise.resolve().then(() => done(call));
  const space = Object.fromEntries(
    ['zeros', 'copy', 'dots', 'manyDots', 'combine', 'adam', 'toHost', 'fromHost', 'dispose'].map(call => [
      call,
      () => done(call),
    ]),
  );
  const device = {
    space: {
      ...space,
      preconditioner: () => ({ apply: () => done('preconditioner') }),
    } as unknown as VectorSpace<Vector>,
    fromImage: () => done('fromImage'),
    toImage: () => done('toImage'),
    moments: () => later('moments'),
    prepare: async () => {
      await later('prepare');
      return {
        size: image,
        evaluate: () => later('evaluate'),
        dispose: () => later('dispose of an objective'),
      };
    },
    dispose: () => Promise.resolve(),
  };
  return classifyErrors(device as unknown as Executor<Vector>, 'CUDA: NVIDIA One');
}

async function failureOf(name: string, message: string): Promise<unknown> {
  try {
    await calls[name]!(failingAt(name, message));
  } catch (error) {
    return error;
  }
  throw new Error(`${name} does not fail`);
}

describe.each(Object.keys(calls))('a device that fails in %s', name => {
  it('is left for the next one, which goes on from the checkpoint', async () => {
    const error = await failureOf(
      name,
      'CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access was encountered',
    );
    expect(error).toBeInstanceOf(DeviceFailure);
    expect((error as Error).message).toBe(
      'CUDA: NVIDIA One failed: CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access was encountered',
    );
  });

  it('for want of memory offers a smaller size', async () => {
    const error = explainFailure(
      await failureOf(name, 'OOM when allocating tensor with shape[1,64,512,512]'),
      {
        width: 512,
        height: 512,
      },
    );
    expect(error).toMatchObject({
      code: 'out-of-memory',
      next: expect.stringMatching(/a size of \d+ or less/) as string,
    });
  });
});

// As they are written in the sources of TensorFlow 2.21, XLA, Dawn and the C++ library.
it.each([
  ['OOM when allocating tensor with shape[1,512,64,64] and type float on GPU:0 by allocator GPU_0_bfc', true],
  ['RESOURCE_EXHAUSTED: Failed to allocate request for 256.00MiB (268435456B) on device ordinal 0', true],
  ['No algorithm worked!  Error messages:', true],
  ['in cuda_dnn.cc(6046): cudnnBackendExecute failed: CUDNN_STATUS_ALLOC_FAILED', true],
  ['failed to create cublas handle: CUBLAS_STATUS_ALLOC_FAILED', true],
  ['CUDA_ERROR_OUT_OF_MEMORY: out of memory', true],
  ['std::bad_alloc', true],
  ['Could not create cudnn handle: CUDNN_STATUS_NOT_INITIALIZED', false],
  ['failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED', false],
  ['DNN library is not found.', false],
  ['CUDA_ERROR_LAUNCH_FAILED: unspecified launch failure', false],
])('%s: a lack of memory is %s', async (message, memory) => {
  const error = await failureOf('dots', message);
  expect(error instanceof DeviceFailure).toBe(!memory);
});
