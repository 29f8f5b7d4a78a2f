import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PaintingPlan } from '../../src/protocol/request';
import { Painter } from './stage/painter';
import { Workshop } from './stage/workshop';
import { pickHaving } from '../../src/recipe/fields';
import { presets } from '../../src/recipe/presets';

const workshop = new Workshop();
let painter: Painter;
const remembered = path.join(workshop.storage, 'devices.json');

beforeAll(async () => {
  await workshop.open();
  painter = new Painter(workshop);
  await painter.client.request({
    type: 'hello',
    settings: { device: 'cpu', threads: 1, storage: workshop.storage, mirror: '' },
  });
});
beforeEach(() => fs.rmSync(remembered, { force: true }));
afterAll(async () => {
  await painter.client.close();
  await workshop.close();
});

const plan = (more: Partial<PaintingPlan>): PaintingPlan => ({
  ...pickHaving(presets.studio, 'costs'),
  ...{ image: { width: 4000, height: 3000 }, size: 512, model: 'lite', steps: 100 },
  ...{ optimizer: 'lbfgs', pyramid: true, contentLayers: { conv4_2: 1 }, styleLayers: { conv1_1: 1 } },
  ...more,
});
const ask = (more: Partial<PaintingPlan> = {}) =>
  painter.client.request({ type: 'estimate', plan: plan(more) });

it('a painting costs memory and time, from a measurement that is made once', async () => {
  const cost = await ask();
  expect(cost).toMatchObject({ width: 512, height: 384, model: 'lite', steps: 100 });
  expect(cost.bytes).toBeGreaterThan(200 * 2 ** 20);
  expect(cost.bytes).toBeLessThan(500 * 2 ** 20);
  expect(cost.seconds).toBeGreaterThan(0);
  const { mtimeMs } = fs.statSync(remembered);
  const longer = await ask({ steps: 200 });
  expect(longer.seconds! / cost.seconds!).toBeCloseTo(2, 1);
  expect(fs.statSync(remembered).mtimeMs).toBe(mtimeMs);
});

it('more pixels cost more, up to the largest size, which does not depend on the one that is asked for', async () => {
  const [small, large] = [await ask(), await ask({ size: 0 })];
  expect(large).toMatchObject({ width: 4000, height: 3000 });
  expect(large.bytes).toBeGreaterThan(10 * small.bytes);
  // The memory that is free changes a little from one moment to the next.
  expect(large.largest / small.largest).toBeGreaterThan(0.8);
  expect(large.largest / small.largest).toBeLessThan(1.25);
});

it('nothing is measured while something is painted', async () => {
  const job = await painter.paint({ steps: 400, output: workshop.at('busy.png') });
  const cost = await ask();
  expect(cost.bytes).toBeGreaterThan(0);
  expect(cost.seconds).toBeUndefined();
  expect(fs.existsSync(remembered)).toBe(false);
  await painter.client.request({ type: 'stop', job, keep: false });
  await painter.first(job, 'stopped');
});

it('a network that is not there is an error', async () => {
  await expect(ask({ model: 'vgg19' })).rejects.toMatchObject({ code: 'model-missing' });
});
