import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../../src/engine/process/client';
import type { Insight, LayerInsight, ReconstructionInsight } from '../../src/protocol/insight';
import { createJob } from '../../src/jobs/folder';
import { until, Workshop } from './stage/workshop';

describe('insights beside a painting', () => {
  let shop: Workshop;
  let client: EngineClient;
  let insights: Insight[];
  let status: string;

  beforeEach(async () => {
    shop = await new Workshop().open();
    insights = [];
    status = '';
    client = new EngineClient({
      entry: shop.engineEntry,
      settings: { device: 'cpu', threads: 2, storage: shop.storage, mirror: '' },
    });
    client.listen({
      event: (_, event) => (status = event.event),
      insight: (_, insight) => insights.push(insight),
    });
  });
  afterEach(async () => {
    await client.close();
    await shop.close();
  });

  const reconstructions = (): ReconstructionInsight[] =>
    insights.filter((insight): insight is ReconstructionInsight => insight.kind === 'reconstruction');
  const done = (): ReconstructionInsight[] => reconstructions().filter(({ state }) => state === 'done');

  it('reconstructs each layer after the painting, and never twice', async () => {
    const job = createJob(shop.storage, shop.recipe({ steps: 6 }));
    await client.request({ type: 'watchInsights', job, kind: 'reconstructions' });
    await client.run(job);
    await until(() => done().length === 6, 'six reconstructions');
    expect(status).toBe('done');
    for (const { file = '', relativeLoss = NaN, of } of done()) {
      expect(fs.existsSync(path.join(job, file))).toBe(true);
      expect(relativeLoss).toBeLessThan(of === 'style' ? 0.1 : 0.2);
    }
    expect(done().map(({ id }) => id)).toEqual([
      ...['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'].map(layer => `style-${layer}`),
      'content-conv4_2',
    ]);
    // Their list is written after the last one was told of.
    await expect.poll(() => fs.readdirSync(path.join(job, 'reconstructions'))).toHaveLength(7);

    insights = [];
    await client.request({ type: 'watchInsights', job, kind: 'reconstructions' });
    await until(() => done().length === 6, 'the known reconstructions');
    expect(reconstructions()).toHaveLength(6);
  });

  const layers = (): LayerInsight[] =>
    insights.filter((insight): insight is LayerInsight => insight.kind === 'layer');
  const drawn = (): LayerInsight[] => layers().filter(({ gradientOverlay: pull }) => pull !== undefined);

  it('shows Gram matrices and gradient overlays of the layers while it paints', async () => {
    const job = createJob(shop.storage, shop.recipe({ steps: 400, pyramid: false }));
    await client.request({ type: 'watchInsights', job, kind: 'layers' });
    await client.run(job);
    await until(() => insights.length >= 6, 'six layers');
    await client.request({ type: 'stop', job, keep: false });
    const first = layers().slice(0, 6);
    expect(
      first.map(({ of, layer, channels, receptiveField }) => [of, layer, channels, receptiveField]),
    ).toEqual([
      ['style', 'conv1_1', 16, 3],
      ['style', 'conv2_1', 32, 10],
      ['style', 'conv3_1', 64, 24],
      ['style', 'conv4_1', 128, 68],
      ['style', 'conv5_1', 128, 156],
      ['content', 'conv4_2', 128, 84],
    ]);
    for (const { of, styleGram, resultGram, meanActivation, gradientOverlay: overlay = '' } of first) {
      expect(meanActivation).toBeGreaterThan(0);
      expect(styleGram?.values.length).toBe(of === 'style' ? styleGram!.size ** 2 : undefined);
      expect(resultGram?.values.every(Number.isFinite)).toBe(of === 'style' ? true : undefined);
      expect(fs.existsSync(path.join(job, overlay))).toBe(true);
    }
  });

  it('draws the gradient overlays of the last step after the painting, and never twice', async () => {
    const job = createJob(shop.storage, shop.recipe({ steps: 6 }));
    await client.run(job);
    await until(() => status === 'done', 'the painting');
    await client.request({ type: 'watchInsights', job, kind: 'layers' });
    await until(() => drawn().length >= 6, 'six overlays');
    const overlays = drawn().map(({ gradientOverlay = '' }) => gradientOverlay);
    expect(overlays).toEqual([
      ...['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'].map(layer => `pulls/style-${layer}-6.png`),
      'pulls/content-conv4_2-6.png',
    ]);
    for (const overlay of overlays) {
      const { channels = [] } = await sharp(path.join(job, overlay)).stats();
      // Where the loss of a layer is not at its least, it has a gradient somewhere.
      expect(channels[3]?.max).toBeGreaterThan(100);
    }
    await until(() => fs.existsSync(path.join(job, 'pulls', 'index.json')), 'the index');
    const made = fs.statSync(path.join(job, overlays[0]!)).mtimeMs;

    insights = [];
    await client.request({ type: 'watchInsights', job, kind: 'layers' });
    await until(() => drawn().length >= 6, 'the known overlays');
    expect(layers()).toHaveLength(6);
    expect(fs.statSync(path.join(job, overlays[0]!)).mtimeMs).toBe(made);
  });

  it('leaves the painting as it would be without anyone looking', async () => {
    const outputs = [];
    for (const kind of ['none', 'layers'] as const) {
      const output = shop.at(`${kind}.png`);
      const job = createJob(shop.storage, shop.recipe({ steps: 12, output }));
      await client.request({ type: 'watchInsights', job, kind });
      await client.run(job);
      await until(() => fs.existsSync(output) && status === 'done', 'the painting');
      status = '';
      outputs.push(fs.readFileSync(path.join(job, 'result.png')));
    }
    expect(outputs[0]?.equals(outputs[1] ?? Buffer.alloc(0))).toBe(true);
  });
});
