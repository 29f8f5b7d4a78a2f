import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxExecutor } from '../../../src/backends/onnx/executor';
import { compareExecutors } from '../../../src/backends/selfCheck';
import { TensorflowExecutor } from '../../../src/backends/tensorflow/executor';
import { createNetwork } from '../../../src/models/network';
import { openSafetensorsWeights } from '../../../src/models/formats/safetensorsWeights';
import type { Executor } from '../../../src/nst/executor';
import { toGrey } from '../../../src/nst/colors/luma';
import type { FloatImage } from '../../../src/nst/image';
import { Stylization, type OptimizerChoice, type RunState } from '../../../src/nst/stylize';
import { resourcePath } from '../../../src/common/resources';
import { tensorflowAddon } from './runtime';
import { termsOf, ungrouped } from '../../../src/nst/terms/term';

const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
const size = { width: 61, height: 48 };
let tensorflow: TensorflowExecutor;
let onnx: OnnxExecutor;

beforeAll(async () => {
  tensorflow = await TensorflowExecutor.create(network, { addon: await tensorflowAddon(), threads: 2 });
  onnx = await OnnxExecutor.create(network, { provider: 'cpu', threads: 2 });
}, 600_000);
afterAll(() => tensorflow.dispose());

function picture(phase: number): FloatImage {
  const data = Float32Array.from({ length: 3 * size.width * size.height }, (_, i) => {
    return 0.5 + 0.3 * Math.sin(phase + i / 7) + 0.15 * Math.cos((phase * i) / 61);
  });
  return { ...size, data };
}

function stylization<V>(
  executor: Executor<V>,
  optimizer: OptimizerChoice,
  steps: number,
  { saved, grey = false }: { readonly saved?: RunState; readonly grey?: boolean } = {},
) {
  const styleLayers = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1'] as const;
  const strengths = ungrouped({
    content: { conv4_2: 1 },
    style: Object.fromEntries(styleLayers.map(layer => [layer, 20])),
    tv: 10,
  });
  const spec = {
    terms: termsOf({ content: ['conv4_2'], style: styleLayers }),
    pooling: 'avg',
    padding: 'replicate',
    tap: 'post',
    units: 'mean',
    grey,
  } as const;
  const plan = { scales: [{ size, steps }], spec, strengths, optimizer, init: 'content', seed: 1 } as const;
  const sources = {
    content: () => Promise.resolve(grey ? toGrey(picture(1)) : picture(1)),
    styles: () => Promise.resolve([{ image: picture(2), weight: 1 }]),
    start: () => Promise.resolve(picture(3)),
  };
  return new Stylization(executor, plan, sources, saved);
}

async function totals<V>(run: Stylization<V>): Promise<number[]> {
  const values: number[] = [];
  for await (const { losses } of run.run()) values.push(losses.total);
  return values;
}

describe.each<OptimizerChoice>([{ kind: 'lbfgs' }, { kind: 'adam' }])('a run with $kind', optimizer => {
  it('takes the same first steps as on onnxruntime', async () => {
    const ours = stylization(tensorflow, optimizer, 4);
    const theirs = stylization(onnx, optimizer, 4);
    const [found, expected] = [await totals(ours), await totals(theirs)];
    expect(expected).toHaveLength(4);
    found.forEach((value, i) => expect(Math.abs(value / expected[i]! - 1)).toBeLessThan(1e-4));
    await ours.dispose();
    await theirs.dispose();
  });

  it('goes on from its state on onnxruntime', async () => {
    const whole = stylization(tensorflow, optimizer, 5);
    const expected = await totals(whole);
    const begun = stylization(tensorflow, optimizer, 5);
    for await (const { step } of begun.run()) if (step === 3) break;
    const { vectors, ...rest } = begun.save()!;
    const copied = Object.fromEntries(
      Object.entries(vectors).map(([name, values]) => [name, values.slice()]),
    );
    const resumed = stylization(onnx, optimizer, 5, { saved: { ...rest, vectors: copied } });
    const found = await totals(resumed);
    expect(found).toHaveLength(2);
    found.forEach((value, i) => expect(Math.abs(value / expected[3 + i]! - 1)).toBeLessThan(1e-3));
    for (const run of [whole, begun, resumed]) await run.dispose();
  });
});

it('agrees with onnxruntime in every loss to 1e-4', async () => {
  const agreement = await compareExecutors(tensorflow, onnx);
  expect(agreement.losses).toBeLessThan(1e-4);
  expect(agreement.gradient).toBeLessThan(1e-4);
});

it('stays in greys, and takes the same steps in them as on onnxruntime', async () => {
  const ours = stylization(tensorflow, { kind: 'lbfgs' }, 3, { grey: true });
  const theirs = stylization(onnx, { kind: 'lbfgs' }, 3, { grey: true });
  const [found, expected] = [await totals(ours), await totals(theirs)];
  found.forEach((value, i) => expect(Math.abs(value / expected[i]! - 1)).toBeLessThan(1e-4));
  expect(expected[2]).toBeLessThan(0.9 * expected[0]!);
  for (const run of [ours, theirs]) {
    const { data } = run.image()!;
    const area = data.length / 3;
    expect(data.subarray(area, 2 * area)).toEqual(data.subarray(0, area));
    expect(data.subarray(2 * area)).toEqual(data.subarray(0, area));
    await run.dispose();
  }
});

it('keeps as many tensors after 200 steps as after 20', async () => {
  const { tf, backend } = tensorflow.session;
  const run = stylization(tensorflow, { kind: 'lbfgs' }, 200);
  const counts = new Map<number, readonly [number, number]>();
  for await (const { step } of run.run())
    counts.set(step, [tf.memory().numTensors, backend.getNumOfTFTensors()]);
  expect(counts.get(200)).toEqual(counts.get(20));
  await run.dispose();
});
