import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Probe } from '../../../src/backends/probe';
import type { DeviceReport } from '../../../src/protocol/reply';
import { ended, Workshop, type Ended } from '../stage/workshop';

type Accepted = Extract<Probe, { readonly works: true }>;

let workshop: Workshop;
beforeAll(async () => void (workshop = await new Workshop().open()));
afterAll(() => workshop.close());

/**
 * What a driver may do to onnxruntime, put between the library and every program of this test: WebGPU answers at once
 * with the processor's losses, and with its gradient times a factor; with channels last it takes its time, and every order
 * that it is asked for is written down. The rest is the product as it is delivered.
 */
const INTERFERENCE = `
const { createRequire } = require('node:module');
const fs = require('node:fs');
const common = createRequire(${JSON.stringify(require.resolve('onnxruntime-node'))})('onnxruntime-common');
const { create } = common.InferenceSession;
common.InferenceSession.create = async (model, options) => {
  const [provider] = options.executionProviders;
  if ((provider.name ?? provider) !== 'webgpu') return create.call(common.InferenceSession, model, options);
  const session = await create.call(common.InferenceSession, model, { ...options, executionProviders: ['cpu'] });
  const layout = provider.preferredLayout ?? 'its own';
  fs.appendFileSync(process.env.TEST_LAYOUTS, layout + '\\n');
  const run = session.run.bind(session);
  session.run = async (...given) => {
    const results = await run(...given);
    const values = results.gradient?.data;
    if (values && layout === 'its own') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    values?.forEach((value, i) => (values[i] = value * Number(process.env.TEST_FACTOR)));
    return results;
  };
  return session;
};
`;

const layouts = (): string => path.join(workshop.folder, 'layouts');

const storage = (factor: number): string => path.join(workshop.folder, `storage-${factor}`);

/** The command line on a machine whose WebGPU multiplies gradients by the factor; each factor has its own storage. */
function atelier(factor: number, ...args: string[]): Promise<Ended> {
  const preload = path.join(workshop.folder, 'interference.cjs');
  fs.writeFileSync(preload, INTERFERENCE);
  const env = {
    ATELIER_STORAGE: storage(factor),
    NODE_OPTIONS: `--require ${preload}`,
    TEST_FACTOR: String(factor),
    TEST_LAYOUTS: layouts(),
    // A card, as far as can be told without opening it.
    VK_ICD_FILENAMES: path.join(workshop.folder, 'card.json'),
  };
  return ended(workshop.start(process.execPath, [workshop.cliEntry, ...args], { env }));
}

const painting = (output: string, device: string): string[] => [
  ...['stylize', 'content.png', 'style.png', '--size', '64', '--no-pyramid', '--steps', '3', '--json'],
  ...['--device', device, '-o', output],
];

function lastOf({ code, stdout, stderr }: Ended): unknown {
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

async function report(factor: number): Promise<Map<string, DeviceReport>> {
  const { devices } = lastOf(await atelier(factor, 'doctor', '--json')) as { devices: DeviceReport[] };
  return new Map(devices.map(each => [each.device, each]));
}

it('a provider whose gradient is 1 % wrong is refused by auto, and the next device paints', async () => {
  const devices = await report(1.01);
  expect(devices.get('webgpu')).toMatchObject({ usable: false, chosen: false });
  expect(JSON.stringify(devices.get('webgpu')!.reason)).toMatch(/its results differ from the CPU’s.*1\.0e-2/);
  expect(devices.get('cpu')).toMatchObject({ usable: true, chosen: true });
  const done = lastOf(await atelier(1.01, ...painting('wrong.png', 'auto')));
  expect(done).toMatchObject({ event: 'done', device: 'cpu' });
  expect(fs.existsSync(workshop.at('wrong.png'))).toBe(true);
});

it('asked for by name, the wrong provider is refused in a sentence', async () => {
  const { code, stdout, stderr } = await atelier(1.01, ...painting('asked.png', 'webgpu'));
  expect(code).toBe(1);
  expect(stdout + stderr).toMatch(/The device webgpu cannot be used: its results differ from the CPU’s/);
  expect(fs.existsSync(workshop.at('asked.png'))).toBe(false);
});

it('the same provider is accepted while its gradient is right', async () => {
  const done = lastOf(await atelier(1, ...painting('right.png', 'webgpu')));
  expect(done).toMatchObject({ event: 'done', device: 'webgpu' });
  expect(new Set(fs.readFileSync(layouts(), 'utf8').trim().split('\n'))).toEqual(
    new Set(['its own', 'NCHW']),
  );
  const remembered = fs.readFileSync(path.join(storage(1), 'devices.json'), 'utf8');
  const { devices } = JSON.parse(remembered) as { readonly devices: { readonly webgpu: Accepted } };
  expect(devices.webgpu.works).toBe(true);
  expect(devices.webgpu.agreement?.gradient).toBeLessThan(1e-4);
});

it('it paints in the order of maps that was measured to be the faster', async () => {
  const remembered = fs.readFileSync(path.join(storage(1), 'devices.json'), 'utf8');
  expect(JSON.parse(remembered)).toMatchObject({ devices: { webgpu: { layout: 'NCHW' } } });
  fs.rmSync(layouts());
  lastOf(await atelier(1, ...painting('fast.png', 'webgpu')));
  expect(new Set(fs.readFileSync(layouts(), 'utf8').trim().split('\n'))).toEqual(new Set(['NCHW']));
});
