import { beforeEach, expect, it, vi } from 'vitest';
import type { Backend, Opened } from '../../../src/backends/backend';
import { fasterLayout } from '../../../src/backends/fasterLayout';
import type { MapLayout } from '../../../src/backends/device';

/** What an evaluation takes, and how far the gradient is off. */
let found = { ms: 0, gradient: 0 };
let opened: MapLayout[] = [];
let disposed = 0;
const executor = { dispose: () => Promise.resolve(void disposed++) };
const open = (layout: MapLayout): Promise<Opened> => {
  opened.push(layout);
  return Promise.resolve({ name: 'webgpu', title: 'WebGPU', executor: executor as never });
};

vi.mock('../../../src/backends/selfCheck', async original => ({
  ...(await original<object>()),
  compareExecutors: () => Promise.resolve({ losses: 0, gradient: found.gradient }),
  timeEvaluation: () => Promise.resolve(found.ms),
}));

beforeEach(() => {
  opened = [];
  disposed = 0;
});

const choice: Pick<Backend, 'layouts'> = { layouts: ['NHWC', 'NCHW'] };

it.each([
  ['faster', { ms: 40, gradient: 1e-6 }, { ms: 40, layout: 'NCHW' }],
  ['faster by no more than a clock is off', { ms: 48, gradient: 1e-6 }, undefined],
  ['slower', { ms: 60, gradient: 1e-6 }, undefined],
  ['faster and wrong', { ms: 10, gradient: 0.01 }, undefined],
])('another order of maps that is %s', async (_, measured, expected) => {
  found = measured;
  expect(await fasterLayout(choice, 50, {} as never, open)).toEqual(expected);
  expect(opened).toEqual(['NCHW']);
  expect(disposed).toBe(1);
});

it('an order in which the device fails is not taken', async () => {
  expect(
    await fasterLayout(choice, 50, {} as never, () => Promise.reject(new Error('no kernel'))),
  ).toBeUndefined();
});

it.each([
  ['where there is no choice', {}, 50],
  ['on a device that is too slow to be a card', choice, 5000],
])('nothing is tried %s', async (_, backend, ms) => {
  expect(await fasterLayout(backend, ms, {} as never, open)).toBeUndefined();
  expect(opened).toEqual([]);
});
