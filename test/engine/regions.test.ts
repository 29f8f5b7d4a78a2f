import { describe, expect, it } from 'vitest';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import type { Provider } from '../../src/backends/onnx/runtime';
import type { ObjectiveRequest } from '../../src/nst/executor';
import type { ObjectiveSpec } from '../../src/nst/objective';
import { Random } from '../../src/nst/random';
import type { Statistic } from '../../src/nst/terms/kinds';
import { styleId, termsOf } from '../../src/nst/terms/term';
import { halves, texture } from '../unit/nst/pictures';
import { embeddedNetwork } from './referenceCases';
import { expectRegionReference, regionReferences } from './regionCases';

describe.each<Provider>(['cpu', 'wasm'])('regions on onnxruntime (%s) against float64 PyTorch', provider => {
  it('has reference cases', () => expect(Object.keys(regionReferences)).toHaveLength(5));

  it.each(Object.keys(regionReferences))('%s', async name => {
    const executor = await OnnxExecutor.create(embeddedNetwork(), { provider, threads: 1 });
    await expectRegionReference(executor, name);
    await executor.dispose();
  });
});

const size = { width: 80, height: 67 };
const layers = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] as const;

/** Losses and gradient at a texture; all strengths are 1. */
async function evaluate(request: Omit<ObjectiveRequest, 'content' | 'styles'>) {
  const random = Random.seeded(5);
  const [content, style, image] = [texture(size, random), texture(size, random), texture(size, random)];
  const executor = await OnnxExecutor.create(embeddedNetwork(), { provider: 'cpu', threads: 1 });
  const objective = await executor.prepare({ content, styles: [{ image: style, weight: 1 }], ...request });
  const strengths = Object.fromEntries(request.spec.terms.map(({ id }) => [id, 1]));
  const { losses, gradient } = await objective.evaluate(image.data, strengths);
  await objective.dispose();
  await executor.dispose();
  return { losses, gradient, style };
}

const specOf = (statistics: Statistic, regions: readonly number[]): ObjectiveSpec => ({
  terms: termsOf({ content: ['conv4_2'], style: layers, statistics, regions }),
  ...{ pooling: 'avg', padding: 'replicate', tap: 'post', units: 'mean' },
});

it.each<Statistic>(['gram', 'bures'])(
  'a mask that is white everywhere changes nothing: %s',
  async statistics => {
    const whole = await evaluate({ spec: specOf(statistics, [0]) });
    const plane = (value: number) => ({
      ...size,
      data: new Float32Array(size.width * size.height).fill(value),
    });
    const styles = [{ image: whole.style, weight: 1 }];
    const guidance = { rest: plane(0), regions: [{ number: 1, mask: plane(1), styles }] };
    const masked = await evaluate({ spec: specOf(statistics, [1]), guidance });
    expect(Math.abs(masked.losses.total / whole.losses.total - 1)).toBeLessThan(1e-6);
    for (const layer of layers) {
      const [found, expected] = [
        masked.losses.terms[styleId(layer, 1)]!,
        whole.losses.terms[styleId(layer)]!,
      ];
      expect(Math.abs(found / expected - 1), layer).toBeLessThan(1e-6);
    }
    const off = masked.gradient.reduce((sum, value, i) => sum + (value - whole.gradient[i]!) ** 2, 0);
    const norm = whole.gradient.reduce((sum, value) => sum + value ** 2, 0);
    expect(Math.sqrt(off / norm)).toBeLessThan(1e-6);
  },
);

it('nothing pulls at pixels that are kept', async () => {
  const { style } = await evaluate({ spec: specOf('bures', [0]) });
  const { gradient } = await evaluate({ spec: specOf('bures', [0, 1]), guidance: halves(size, style) });
  const rows = (from: number, to: number) =>
    [0, 1, 2].flatMap(c => [
      ...gradient.subarray((c * size.height + from) * size.width, (c * size.height + to) * size.width),
    ]);
  expect(rows(0, 8).every(value => value === 0)).toBe(true);
  expect(rows(16, size.height).some(value => value !== 0)).toBe(true);
});
