/**
 * What four regions cost: the time of an evaluation with them over that of one without, on two threads.
 *
 *     npx tsx bench/regions/cost.ts [SIDE] [lite|vgg19]
 */
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { resourcePath } from '../../src/common/resources';
import { openSafetensorsWeights } from '../../src/models/formats/safetensorsWeights';
import { createNetwork } from '../../src/models/network';
import type { Guidance } from '../../src/nst/regions/guidance';
import type { Mask } from '../../src/nst/regions/mask';
import { partition } from '../../src/nst/regions/partition';
import { termsOf } from '../../src/nst/terms/term';
import { picture } from '../picture';
import { syntheticNetwork } from '../syntheticNetwork';

const [side = '512', name = 'lite'] = process.argv.slice(2);
const size = { width: Number(side), height: Number(side) };
const LAYERS = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] as const;
const ROUNDS = name === 'lite' ? 7 : 3;

const network =
  name === 'lite'
    ? createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite')
    : syntheticNetwork();

/** The quarters of a picture with soft borders, each in a style of its own. */
function quarters(): Guidance {
  const soft = (place: number): number => Math.min(1, Math.max(0, (place - size.width / 2) / 16 + 0.5));
  const mask = (column: number, row: number): Mask => {
    const data = Float32Array.from({ length: size.width * size.height }, (_, i) => {
      const [x, y] = [soft(i % size.width), soft(Math.floor(i / size.width))];
      return Math.abs(1 - column - x) * Math.abs(1 - row - y);
    });
    return { ...size, data };
  };
  const masks = [mask(0, 0), mask(1, 0), mask(0, 1), mask(1, 1)];
  const { rest, styled } = partition(size, { styled: masks, kept: [] });
  const regions = styled.map((each, i) => ({
    number: i + 1,
    mask: each,
    styles: [{ image: picture(256, i + 4), weight: 1 }],
  }));
  return { rest, regions };
}

async function main(): Promise<void> {
  const executor = await OnnxExecutor.create(network, { provider: 'cpu', threads: 2 });
  const reading = { pooling: 'avg', padding: 'replicate', tap: 'post', units: 'mean' } as const;
  const [content, styles] = [picture(size.width, 1), [{ image: picture(size.width, 2), weight: 1 }]];
  const terms = (regions?: readonly number[]) =>
    termsOf({
      content: ['conv4_2'],
      style: LAYERS,
      statistics: 'bures',
      range: true,
      ...(regions && { regions }),
    });
  const none = await executor.prepare({ spec: { terms: terms(), ...reading }, content, styles });
  const four = await executor.prepare({
    ...{ spec: { terms: terms([1, 2, 3, 4]), ...reading }, content, styles },
    guidance: quarters(),
  });
  const image = executor.fromImage(picture(size.width, 3));
  const best = { none: Infinity, four: Infinity };
  // In turn, so that what else the machine does meets both.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [which, objective, parts] of [
      ['none', none, undefined],
      ['four', four, [1, 2, 3, 4]],
    ] as const) {
      const strengths = Object.fromEntries(terms(parts).map(({ id }) => [id, 1]));
      const begin = performance.now();
      await objective.evaluate(image, strengths);
      if (round > 0) best[which] = Math.min(best[which], performance.now() - begin);
    }
  }
  const ratio = best.four / best.none;
  console.log(
    `${name}, ${side} px: ${best.none.toFixed(0)} ms without regions, ${best.four.toFixed(0)} ms with four: ${ratio.toFixed(2)}`,
  );
}

void main();
