import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { createNetwork } from '../../src/models/network';
import { openSafetensorsWeights } from '../../src/models/formats/safetensorsWeights';
import type { FloatImage } from '../../src/nst/image';
import { Random } from '../../src/nst/random';
import { resourcePath } from '../../src/common/resources';
import { termsOf, ungrouped } from '../../src/nst/terms/term';

const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
/** Odd both ways, so that pooling drops a row and a column. */
const size = { width: 23, height: 19 };

describe('the gradient through maximum pooling', () => {
  let executor: OnnxExecutor;
  beforeAll(async () => {
    executor = await OnnxExecutor.create(network, { provider: 'cpu', threads: 1 });
  });
  afterAll(() => executor.dispose());

  it.each(['post', 'pre'] as const)('is the slope, also where a pooled layer has a loss (%s)', async tap => {
    const random = Random.seeded(7);
    const picture = (): FloatImage => {
      const values = { length: 3 * size.width * size.height };
      return { ...size, data: Float32Array.from(values, () => 0.5 + 0.15 * random.normals()[0]) };
    };
    const [content, style, image] = [picture(), picture(), picture()];
    // conv1_2 and conv2_2 are what is pooled: their own gradient has to pass the ReLU beside that of the pooling.
    const objective = await executor.prepare({
      spec: {
        terms: termsOf({ content: ['conv1_2', 'conv3_1'], style: ['conv2_2', 'conv3_1'] }),
        ...{ pooling: 'max', padding: 'zero', tap, units: 'mean' },
      },
      content,
      styles: [{ image: style, weight: 1 }],
    });
    const strengths = ungrouped({
      content: { conv1_2: 0.5, conv3_1: 1 },
      style: { conv2_2: 10, conv3_1: 10 },
      tv: 0,
    });
    const { gradient } = await objective.evaluate(image.data, strengths);
    const length = Math.hypot(...gradient);
    // Wider differences cross more kinks of ReLU and pooling, narrower ones drown in rounding.
    const h = 0.005;
    const at = async (t: number) => {
      const moved = image.data.map((value, i) => value + (t * gradient[i]!) / length);
      return (await objective.evaluate(moved, strengths)).losses.total;
    };
    const slope =
      (8 * ((await at(h)) - (await at(-h))) - ((await at(2 * h)) - (await at(-2 * h)))) / (12 * h);
    expect(Math.abs(slope / length - 1)).toBeLessThan(5e-3);
    await objective.dispose();
  });
});
