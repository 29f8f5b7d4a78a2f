import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { DeviceFailure, classifyErrors } from '../../../src/backends/errorClassification';
import { BACKENDS } from '../../../src/backends/registry';
import { RunControl } from '../../../src/engine/run/control';
import { prepare, type Prepared } from '../../../src/engine/run/prepare';
import { runJob } from '../../../src/engine/run/runJob';
import type { Outcome } from '../../../src/engine/run/runOptions';
import type { JobEvent } from '../../../src/protocol/jobEvent';
import { createJob, readJob } from '../../../src/jobs/folder';
import { JobRecorder } from '../../../src/jobs/recorder';
import type { Executor } from '../../../src/nst/executor';
import { Workshop } from '../stage/workshop';
import { verbatim } from '../../../src/common/messages';

const workshop = new Workshop();
let events: JobEvent[] = [];
let folder = '';
beforeAll(() => workshop.open());
afterAll(() => workshop.close());
afterEach(() => void (events = []));

/** The CPU under another name, whose driver gives up at an evaluation. */
async function failing(prepared: Prepared, at: number, message: string): Promise<Prepared> {
  const machine = { threads: 1, storage: workshop.storage };
  const { executor } = await BACKENDS.cpu.open(prepared.network, machine);
  let evaluations = 0;
  const weak: Executor<unknown> = {
    space: executor.space,
    fromImage: image => executor.fromImage(image),
    toImage: (vector, size) => executor.toImage(vector, size),
    prepare: async request => {
      const objective = await executor.prepare(request);
      return {
        size: objective.size,
        evaluate: (image, strengths) => {
          if (++evaluations === at) return Promise.reject(new Error(message));
          return objective.evaluate(image, strengths);
        },
        dispose: () => objective.dispose(),
      };
    },
    moments: (image, layers, spec) => executor.moments(image, layers, spec),
    dispose: () => executor.dispose(),
  };
  await prepared.device.executor.dispose();
  const { title } = BACKENDS.webgpu;
  return {
    ...prepared,
    device: { name: 'webgpu', title, reason: verbatim('a test'), executor: classifyErrors(weak, title) },
  };
}

async function run(message: string): Promise<Outcome> {
  const settings = { device: 'cpu', threads: 1, storage: workshop.storage, mirror: '' } as const;
  const recipe = workshop.recipe({ steps: 16, output: workshop.at(`${events.length}-handed-over.png`) });
  folder = createJob(workshop.storage, recipe);
  return runJob(folder, {
    settings,
    prepared: await failing(await prepare(recipe, settings), 9, message),
    control: new RunControl(),
    recorder: JobRecorder.open(folder, error => {
      throw error;
    }),
    emit: event => void events.push(event),
    log: () => undefined,
  });
}

it('a device that fails in the middle hands over to the next, which goes on where it stood', async () => {
  const outcome = await run('[WebGPU] Device lost: the driver was reset');
  expect(outcome).toMatchObject({ event: 'done', device: 'cpu' });
  const reason = {
    template: '{0} failed: {1}',
    values: ['WebGPU', expect.stringContaining('[WebGPU] Device lost') as string],
  };
  const change = events.findIndex(({ event }) => event === 'device');
  expect(events[change]).toMatchObject({
    device: 'cpu',
    deviceTitle: expect.stringContaining('CPU') as string,
    reason,
  });
  const steps = events.flatMap(event => (event.event === 'step' ? [event.step] : []));
  expect(steps).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  const begun = events.slice(change).find(({ event }) => event === 'started');
  const before = events.slice(0, change).filter(({ event }) => event === 'step').length;
  expect(before).toBeGreaterThan(0);
  expect(begun).toMatchObject({ device: 'cpu', resumedAtStep: before, deviceReason: reason });
  // Views go by the state, which outlives the second start.
  expect(readJob(folder).state).toMatchObject({ status: 'done', device: 'cpu', deviceReason: reason });
});

it('a lack of memory is no reason for another device: the size is named, and a smaller one', async () => {
  const outcome = await run('OOM when allocating tensor with shape[1,64,1024,1024] by allocator GPU_0_bfc');
  expect(outcome).toMatchObject({
    event: 'failed',
    error: {
      code: 'out-of-memory',
      message: expect.stringContaining('96 × 72') as string,
      next: expect.stringMatching(/Choose a size of \d+ or less/) as string,
    },
  });
  expect(events.some(({ event }) => event === 'device')).toBe(false);
});

it('an error of ours is not taken for one of the device', async () => {
  const executor = { prepare: () => Promise.reject(new RangeError('no target for conv4_2')) };
  const told = classifyErrors(executor as unknown as Executor<unknown>, 'WebGPU');
  const error = await told.prepare({} as never).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RangeError);
  expect(error).not.toBeInstanceOf(DeviceFailure);
});
