import type * as Ort from 'onnxruntime-common';
import { afterEach, expect, it, vi } from 'vitest';
import { OnnxExecutor } from '../../../src/backends/onnx/executor';
import { loadRuntime } from '../../../src/backends/onnx/runtime';
import { compareExecutors, timeEvaluation } from '../../../src/backends/selfCheck';
import { createNetwork } from '../../../src/models/network';
import { openSafetensorsWeights } from '../../../src/models/formats/safetensorsWeights';
import type { FloatImage } from '../../../src/nst/image';
import { termsOf } from '../../../src/nst/terms/term';
import { resourcePath } from '../../../src/common/resources';

const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
afterEach(() => {
  vi.restoreAllMocks();
});

/** Graphs for WebGPU, run by the processor; what each run of an objective takes and gives is counted. */
async function onStandInCard() {
  const { InferenceSession } = await loadRuntime('cpu', 1);
  const create = Reflect.get(InferenceSession, 'create') as (
    model: Uint8Array,
    options: Ort.InferenceSession.SessionOptions,
  ) => Promise<Ort.InferenceSession>;
  const sessions: string[][] = [];
  const crossings: { given: number; values: number; taken: string[] }[] = [];
  const stand = async (model: Uint8Array, options: Ort.InferenceSession.SessionOptions) => {
    const session = await create.call(InferenceSession, model, { ...options, executionProviders: ['cpu'] });
    sessions.push([...session.outputNames]);
    const run: (feeds: Ort.InferenceSession.FeedsType) => Promise<Ort.InferenceSession.OnnxValueMapType> =
      session.run.bind(session);
    vi.spyOn(session, 'run').mockImplementation((feeds: Ort.InferenceSession.FeedsType) => {
      const tensors = Object.values(feeds);
      const values = tensors.reduce((sum, { dims }) => sum + dims.reduce((a, b) => a * b, 1), 0);
      if (session.outputNames.includes('gradient'))
        crossings.push({ given: tensors.length, values, taken: [...session.outputNames] });
      return run(feeds);
    });
    return session;
  };
  vi.spyOn(InferenceSession, 'create').mockImplementation(stand as never);
  const executor = await OnnxExecutor.create(network, { provider: 'webgpu', threads: 1 });
  return { executor, sessions, crossings };
}

it('an evaluation on a card takes the image and a few coefficients, and gives the gradient and one list of sums', async () => {
  const { executor, crossings } = await onStandInCard();
  await timeEvaluation(executor, 64);
  expect(crossings).toHaveLength(4);
  for (const { given, values, taken } of crossings) {
    expect(taken.sort()).toEqual(['gradient', 'sums']);
    // The image, and a coefficient for each of six losses, the total variation and the range of colours.
    expect(given).toBe(9);
    expect(values).toBe(3 * 64 * 64 + 8);
  }
});

it('targets in the graph give what targets beside it give', async () => {
  const { executor } = await onStandInCard();
  const reference = await OnnxExecutor.create(network, {
    provider: 'cpu',
    threads: 1,
    convolution: 'direct',
  });
  expect(await compareExecutors(executor, reference)).toEqual({ losses: 0, gradient: 0 });
});

it('a size that the processor computes in bands is one graph on a card', async () => {
  const { executor, sessions } = await onStandInCard();
  const [width, height] = [4096, 512];
  const image: FloatImage = { width, height, data: new Float32Array(3 * width * height).fill(0.5) };
  const small = { ...image, height: 16, data: image.data.subarray(0, 3 * width * 16) };
  const spec = {
    terms: termsOf({ content: [], style: ['conv3_1'] }),
    ...({ pooling: 'avg', padding: 'zero', tap: 'post', units: 'mean' } as const),
  };
  const objective = await executor.prepare({ spec, content: image, styles: [{ image: small, weight: 1 }] });
  await objective.dispose();
  expect(sessions.at(-1)!.sort()).toEqual(['gradient', 'sums']);
});
