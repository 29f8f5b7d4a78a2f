import { beforeAll, describe, expect, it } from 'vitest';
import { BandedObjective } from '../../src/backends/onnx/bandedObjective';
import { worthBands } from '../../src/backends/onnx/bands';
import { bandsOf } from '../../src/backends/onnx/bands';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { GivenTensors } from '../../src/backends/onnx/givenTensors';
import { loadRuntime, sessionOptions, type Runtime } from '../../src/backends/onnx/runtime';
import { TargetReader } from '../../src/backends/onnx/targets';
import { createNetwork, type Network } from '../../src/models/network';
import { openSafetensorsWeights } from '../../src/models/formats/safetensorsWeights';
import type { ObjectiveSpec } from '../../src/nst/objective';
import { Random } from '../../src/nst/random';
import { resourcePath } from '../../src/common/resources';
import { syntheticNetwork } from '../../bench/syntheticNetwork';
import { halves, texture } from '../unit/nst/pictures';
import { layersRead } from '../../src/nst/terms/layersRead';
import { readTargets } from '../../src/nst/terms/readTargets';
import type { Statistic } from '../../src/nst/terms/kinds';
import { styleId, termsOf, ungrouped } from '../../src/nst/terms/term';

const lite = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
const options = sessionOptions('cpu', 1);

const withStatistics = (statistics: Statistic, range = false, regions = [0]) =>
  termsOf({
    regions,
    range,
    content: ['conv4_2'],
    style: ['conv1_1', 'conv2_1', 'conv2_2', 'conv3_1', 'conv5_1'],
    statistics,
  });

const spec: ObjectiveSpec = {
  terms: withStatistics('gram'),
  ...{ pooling: 'avg', padding: 'zero', tap: 'post', units: 'mean' },
};
const style = { conv1_1: 20, conv2_1: 20, conv2_2: 10, conv3_1: 20, conv5_1: 20 };
const strengths = {
  range: 100,
  ...ungrouped({ content: { conv4_2: 1 }, style, tv: 60 }),
  ...Object.fromEntries(Object.entries(style).map(([layer, value]) => [styleId(layer, 1), value])),
};

/** conv2_2 is wide enough for minimal filtering, whose maps have surplus rows. */
const wide = syntheticNetwork([16, 160, 16, 16, 16]);

let runtime: Runtime;
beforeAll(async () => {
  runtime = await loadRuntime('cpu', 1);
});

describe.each<[string, Partial<ObjectiveSpec>, number, number, Network?, boolean?]>([
  ['zeros beyond the edge', {}, 48, 128],
  ['nearest pixels beyond the edge, odd sizes', { padding: 'replicate' }, 45, 131],
  [
    'largest of each window, before the activation, the papers’ sums',
    { pooling: 'max', tap: 'pre', units: 'paper' },
    50,
    102,
  ],
  ['one band', {}, 32, 40],
  ['mean and covariance', { terms: withStatistics('bures') }, 45, 131],
  ['mean and covariance before the activation', { terms: withStatistics('bures'), tap: 'pre' }, 50, 102],
  ['colours outside the range', { terms: withStatistics('bures', true) }, 32, 40],
  ['in greys', { grey: true }, 32, 40],
  ['mean and covariance, minimal filtering', { terms: withStatistics('bures') }, 46, 107, wide],
  ['regions, Gram matrices', { terms: withStatistics('gram', false, [0, 1]) }, 128, 131, lite, true],
  ['regions, mean and covariance', { terms: withStatistics('bures', true, [0, 1]) }, 130, 126, wide, true],
  ['exact transport', { terms: withStatistics('wasserstein') }, 48, 128],
  ['minimal filtering in bands', {}, 46, 107, wide],
  ['minimal filtering in bands, before the activation', { tap: 'pre', pooling: 'max' }, 46, 107, wide],
])('an evaluation in bands: %s', (_, more, width, height, network = lite, isGuided = false) => {
  it('is that of one graph over the whole image', async () => {
    const size = { width, height };
    const random = Random.seeded(3);
    const [content, style, inside] = [texture(size, random), texture(size, random), texture(size, random)];
    // Beyond the range of colours here and there.
    const image = { ...inside, data: inside.data.map(value => 3 * value - 1) };
    const varied = { ...spec, ...more };
    const executor = await OnnxExecutor.create(network, { provider: 'cpu', threads: 1 });
    const guidance = isGuided ? halves(size, texture(size, random)) : undefined;
    const styles = [{ image: style, weight: 1 }];
    const request = { spec: varied, content, styles, ...(guidance && { guidance }) };
    const whole = await executor.prepare(request);
    const layers = {
      content: layersRead(varied.terms, 'features'),
      style: layersRead(varied.terms, 'moments'),
    };
    const reader = await TargetReader.create(runtime, options, network, layers, varied);
    const { targets } = await readTargets(request, {
      content: () => reader.content(content),
      moments: style => reader.moments(style.image),
    });
    const context = {
      runtime,
      options,
      network,
      method: 'winograd',
      ...{ given: new GivenTensors(runtime), resident: false },
    } as const;
    const kept = guidance?.free && { content, free: guidance.free };
    const banded = await BandedObjective.create(context, varied, size, targets, kept, bandsOf(height, 16));
    const [expected, found] = [
      await whole.evaluate(image.data, strengths),
      await banded.evaluate(image.data, strengths),
    ];
    await Promise.all([whole.dispose(), banded.dispose(), reader.dispose()]);
    await executor.dispose();
    // An iteration in double precision, for the bands, comes nearer to a root than one in single; textures of one kind are so
    // near to each other that the difference of their roots shows it.
    const iterated = varied.terms.some(({ kind }) => kind === 'wasserstein');
    const digits = iterated ? 3 : 4;
    expect(found.losses.total / expected.losses.total).toBeCloseTo(1, digits);
    expect(Object.keys(found.losses.terms)).toEqual(Object.keys(expected.losses.terms));
    for (const [id, loss] of Object.entries(expected.losses.terms))
      expect(found.losses.terms[id]! / loss, id).toBeCloseTo(1, digits);
    const largest = expected.gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const off = found.gradient.reduce((most, v, i) => Math.max(most, Math.abs(v - expected.gradient[i]!)), 0);
    expect(off / largest).toBeLessThan(iterated ? 1e-3 : 2e-5);
  });
});

it('bands are for large maps of blocks 1 and 2 below deeper losses', () => {
  const [small, large] = [
    { width: 512, height: 512 },
    { width: 2048, height: 2048 },
  ];
  expect(worthBands(lite, spec.terms, small)).toBe(false);
  expect(worthBands(lite, spec.terms, large)).toBe(true);
  const shallowContent = termsOf({ content: ['conv2_2'], style: ['conv5_1'] });
  expect(worthBands(lite, shallowContent, large)).toBe(false);
  expect(worthBands(lite, termsOf({ style: ['conv2_1'] }), large)).toBe(false);
});

it.each([
  [128, 16],
  [131, 16],
  [2048, 352],
  [999, 96],
  [1024, 160],
])('bands of %i rows cover every row once, each inside a window with its surroundings', (height, rows) => {
  const { bands, windowHeight } = bandsOf(height, rows);
  expect(bands.map(({ from }) => from)).toEqual([0, ...bands.map(({ to }) => to).slice(0, -1)]);
  expect(bands.at(-1)!.to).toBe(height);
  for (const { from, to, start } of bands) {
    expect(start % 4).toBe(0);
    expect(start).toBeLessThanOrEqual(Math.max(0, from - 16));
    expect(start + windowHeight).toBeGreaterThanOrEqual(Math.min(height, to + 16));
    expect(start + windowHeight).toBeLessThanOrEqual(height);
  }
});
