import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceReport } from '../../../src/protocol/reply';
import { runtimePlace } from '../../../src/backends/tensorflow/install/place';
import { readJob } from '../../../src/jobs/folder';
import { writeStandInRuntime } from '../../unit/backends/tensorflow/standInRuntime';
import { Workshop, type Ended } from '../stage/workshop';
import { runtimeStorage, tensorflowAddon } from './runtime';

const NO_CARD = 'TensorFlow finds no usable NVIDIA card.';
const workshop = new Workshop();

/** Says that it is the one for CUDA, and finds no card: TensorFlow computes on the processor then, without a word. */
beforeAll(async () => {
  await tensorflowAddon();
  await workshop.open();
  const own = await writeStandInRuntime(workshop.storage);
  const shared = runtimePlace(runtimeStorage);
  for (const [from, to] of [
    [path.join(shared.library, 'tensorflow'), path.join(own.library, 'tensorflow')],
    [shared.addons, own.addons],
  ] as const) {
    fs.rmSync(to, { recursive: true });
    fs.symlinkSync(from, to);
  }
}, 600_000);
afterAll(() => workshop.close());

const paint = (device: string): Promise<Ended> =>
  workshop.cli(
    ...['stylize', 'content.png', 'style.png', '--size', '64', '--no-pyramid', '--steps', '2', '--json'],
    ...['--device', device, '-o', `${device}.png`],
  );

/** What the status bar and the panel show is the job's state. */
function expectPainted({ code, stdout, stderr }: Ended, devices: readonly string[]): void {
  expect(code, stderr).toBe(0);
  const done = JSON.parse(stdout.trim().split('\n').at(-1)!) as { readonly device: string };
  expect(devices).toContain(done.device);
  const { state } = readJob(workshop.jobs().at(-1)!);
  expect(state.device).toBe(done.device);
  expect(JSON.stringify(state.deviceReason)).toContain(NO_CARD);
}

describe('where TensorFlow falls back to the processor without a word', () => {
  it('a painting with it is shown to be on the processor, and why', async () => {
    expectPainted(await paint('tensorflow'), ['tensorflow']);
  });

  it('cuda is refused with the reason', async () => {
    const { code, stdout, stderr } = await paint('cuda');
    expect(code).toBe(1);
    expect(stdout + stderr).toContain(NO_CARD);
    expect(fs.existsSync(workshop.at('cuda.png'))).toBe(false);
  });

  it('auto paints with the next device and says what is the matter with the one that was installed', async () => {
    expectPainted(await paint('auto'), ['webgpu', 'cpu']);
  });

  it('the report says that cuda cannot be used, and that TensorFlow computes on the processor', async () => {
    const { code, stdout, stderr } = await workshop.cli('doctor', '--json');
    expect(code, stderr).toBe(0);
    const { devices, runtimes } = JSON.parse(stdout) as {
      readonly devices: readonly DeviceReport[];
      readonly runtimes: readonly { readonly name: string; readonly state: unknown }[];
    };
    const reportOf = (name: string) => devices.find(({ device }) => device === name);
    expect(reportOf('cuda')).toMatchObject({ usable: false, chosen: false });
    expect(JSON.stringify(reportOf('cuda')!.reason)).toContain(NO_CARD);
    expect(reportOf('tensorflow')).toMatchObject({ usable: true, chosen: false });
    expect(reportOf('tensorflow')!.title).toMatch(/^TensorFlow CPU/);
    const { state } = runtimes.find(({ name }) => name === 'TensorFlow')!;
    expect(JSON.stringify(state)).toMatch(/on the CPU/);
  });
});
