import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { TensorflowExecutor } from '../../../src/backends/tensorflow/executor';
import { Kernels } from '../../../src/backends/tensorflow/kernels';
import { resourcePath } from '../../../src/common/resources';
import { openSafetensorsWeights } from '../../../src/models/formats/safetensorsWeights';
import { createNetwork } from '../../../src/models/network';
import type { FloatImage } from '../../../src/nst/image';
import { createOptimizer, type OptimizerChoice } from '../../../src/nst/optimizers/optimizerChoice';
import { layersOfTerms, termsOf, ungrouped } from '../../../src/nst/terms/term';
import { tensorflowAddon } from './runtime';

const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
const size = { width: 37, height: 32 };
const terms = termsOf({
  content: ['conv3_2'],
  style: ['conv1_1', 'conv3_1'],
  statistics: 'bures',
  tv: false,
});
const strengths = ungrouped({ content: { conv3_2: 1 }, style: { conv1_1: 20, conv3_1: 20 }, tv: 0 });
const picture = (phase: number): FloatImage => ({
  ...size,
  data: Float32Array.from(
    { length: 3 * size.width * size.height },
    (_, i) => 0.5 + 0.3 * Math.sin(phase + i / 7),
  ),
});

let executor: TensorflowExecutor;
beforeAll(async () => {
  executor = await TensorflowExecutor.create(network, { addon: await tensorflowAddon(), threads: 2 });
}, 600_000);
afterAll(() => executor.dispose());

/** How often the host waits for values, and sends some, in each step of a descent. */
async function crossingsOf(choice: OptimizerChoice, steps: number) {
  const objective = await executor.prepare({
    spec: { terms, pooling: 'avg', padding: 'replicate', tap: 'post', units: 'mean' },
    content: picture(1),
    styles: [{ image: picture(2), weight: 1 }],
  });
  const shape = { size, layers: layersOfTerms(terms), init: 'content' } as const;
  const optimizer = createOptimizer(executor.space, choice, shape, executor.fromImage(picture(3)));
  const read = vi.spyOn(Kernels.prototype, 'read');
  const upload = vi.spyOn(Kernels.prototype, 'upload');
  const counted = [];
  for (let step = 0; step < steps; step++) {
    const before = optimizer.evaluations;
    [read, upload].forEach(spy => spy.mockClear());
    await optimizer.step(async x => {
      const { losses, gradient } = await objective.evaluate(x, strengths);
      return { value: losses.total, gradient };
    });
    const [reads, uploads] = [read.mock.calls.length, upload.mock.calls.length];
    counted.push({ evaluations: optimizer.evaluations - before, reads, uploads });
  }
  vi.restoreAllMocks();
  optimizer.dispose();
  await objective.dispose();
  // What the first step uploads for good, and its evaluation of the start, are not of every step.
  return counted.slice(1);
}

it('a step of L-BFGS waits for the losses and once for all products, and uploads one list of coefficients', async () => {
  const steps = await crossingsOf({ kind: 'lbfgs' }, 8);
  expect(new Set(steps.map(step => JSON.stringify(step)))).toEqual(
    new Set([JSON.stringify({ evaluations: 1, reads: 2, uploads: 1 })]),
  );
});

it('a step of Adam waits for the losses and for one product, and uploads its two corrections', async () => {
  const steps = await crossingsOf({ kind: 'adam' }, 4);
  expect(new Set(steps.map(step => JSON.stringify(step)))).toEqual(
    new Set([JSON.stringify({ evaluations: 1, reads: 2, uploads: 2 })]),
  );
});
