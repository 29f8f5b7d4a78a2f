import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { createNetwork } from '../../src/models/network';
import { openSafetensorsWeights } from '../../src/models/formats/safetensorsWeights';
import type { FloatImage, Size } from '../../src/nst/image';
import type { Reading } from '../../src/nst/objective';
import { Random } from '../../src/nst/random';
import { resourcePath } from '../../src/common/resources';
import { termsOf, ungrouped } from '../../src/nst/terms/term';

const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
const reading: Reading = { pooling: 'avg', padding: 'replicate', tap: 'post' };

function picture(size: Size, value: () => number): FloatImage {
  return { ...size, data: Float32Array.from({ length: 3 * size.width * size.height }, value) };
}

describe.each(['direct', 'winograd'] as const)('replicated edges, %s convolutions', method => {
  let executor: OnnxExecutor;
  beforeAll(async () => {
    executor = await OnnxExecutor.create(network, { provider: 'cpu', threads: 1, convolution: method });
  });
  afterAll(() => executor.dispose());

  it('a plain surface has no edge: its statistics are those of a larger one', async () => {
    const at = async (width: number, padding: Reading['padding']) => {
      const image = picture({ width, height: 24 }, () => 0.9);
      const [moments] = await executor.moments(image, ['conv1_1'], { ...reading, padding });
      return moments!.gram;
    };
    const [small, large] = [await at(16, 'replicate'), await at(40, 'replicate')];
    const scale = Math.max(...large);
    small.forEach((value, i) => expect(Math.abs(value - large[i]!)).toBeLessThan(1e-5 * scale));
    const [framed, larger] = [await at(16, 'zero'), await at(40, 'zero')];
    expect(Math.max(...framed.map((value, i) => Math.abs(value - larger[i]!)))).toBeGreaterThan(1e-3 * scale);
  });

  it('the gradient is the slope at the corners and along the edges', async () => {
    const size = { width: 23, height: 18 };
    const random = Random.seeded(5);
    const noise = () => 0.5 + 0.15 * random.normals()[0];
    const [content, style, image] = [picture(size, noise), picture(size, noise), picture(size, noise)];
    const objective = await executor.prepare({
      spec: {
        ...reading,
        terms: termsOf({ content: ['conv3_1'], style: ['conv1_1', 'conv2_1'] }),
        units: 'mean',
      },
      content,
      styles: [{ image: style, weight: 1 }],
    });
    const strengths = ungrouped({
      content: { conv3_1: 1 },
      style: { conv1_1: 10, conv2_1: 10 },
      tv: 0,
    });
    const { gradient } = await objective.evaluate(image.data, strengths);
    const isEdge = (i: number) => {
      const [x, y] = [i % size.width, Math.floor(i / size.width) % size.height];
      return x === 0 || y === 0 || x === size.width - 1 || y === size.height - 1;
    };
    const direction = gradient.map((value, i) => (isEdge(i) ? value : 0));
    const length = Math.hypot(...direction);
    const h = 0.02;
    const at = async (t: number) => {
      const moved = image.data.map((value, i) => value + (t * direction[i]!) / length);
      return (await objective.evaluate(moved, strengths)).losses.total;
    };
    const slope =
      (8 * ((await at(h)) - (await at(-h))) - ((await at(2 * h)) - (await at(-2 * h)))) / (12 * h);
    // Differences cross kinks of ReLU; a frame that is not folded back is wrong by a tenth and more.
    expect(Math.abs(slope / length - 1)).toBeLessThan(5e-3);
    await objective.dispose();
  });
});
