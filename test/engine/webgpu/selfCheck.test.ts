import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxExecutor } from '../../../src/backends/onnx/executor';
import { probeDevice, type Probe } from '../../../src/backends/probe';
import { compareExecutors, disagreement } from '../../../src/backends/selfCheck';
import { createNetwork } from '../../../src/models/network';
import { openSafetensorsWeights } from '../../../src/models/formats/safetensorsWeights';
import type { Executor } from '../../../src/nst/executor';
import { resourcePath } from '../../../src/common/resources';
import { Workshop } from '../stage/workshop';
import { lavapipeEnvironment } from './lavapipe';
import { formatMessage } from '../../../src/common/messages';

const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
const workshop = new Workshop();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-self-check-'));
let cpu: OnnxExecutor;

beforeAll(async () => {
  await workshop.open();
  cpu = await OnnxExecutor.create(network, { provider: 'cpu', threads: 2 });
});
afterAll(async () => {
  await workshop.close();
  fs.rmSync(folder, { recursive: true });
});

/** The CPU with something wrong about its gradients. */
function broken(spoil: (gradient: Float32Array) => void): Executor<unknown> {
  const executor: Executor<Float32Array> = {
    space: cpu.space,
    fromImage: image => cpu.fromImage(image),
    toImage: (vector, size) => cpu.toImage(vector, size),
    prepare: async request => {
      const objective = await cpu.prepare(request);
      return {
        size: objective.size,
        evaluate: async (image, strengths) => {
          const evaluation = await objective.evaluate(image, strengths);
          spoil(evaluation.gradient);
          return evaluation;
        },
        dispose: () => objective.dispose(),
      };
    },
    moments: (image, layers, spec) => cpu.moments(image, layers, spec),
    dispose: () => cpu.dispose(),
  };
  return executor;
}

const reference = (): Executor<unknown> => cpu;

function standIn(name: string, source: string): string {
  const file = path.join(folder, `${name}.cjs`);
  fs.writeFileSync(file, source);
  return file;
}

describe('the self-check', () => {
  it('accepts a device that computes what the CPU computes', async () => {
    const agreement = await compareExecutors(
      broken(() => undefined),
      reference(),
    );
    expect(agreement).toEqual({ losses: 0, gradient: 0 });
    expect(disagreement(agreement)).toBeUndefined();
  });

  it('refuses a gradient that is 0.2 % off', async () => {
    const spoil = (gradient: Float32Array): void =>
      gradient.forEach((value, i) => (gradient[i] = value * 1.002));
    const agreement = await compareExecutors(broken(spoil), reference());
    expect(agreement.gradient).toBeCloseTo(0.002, 4);
    expect(formatMessage(disagreement(agreement)!)).toMatch(/results differ from the CPU/);
  });

  it('refuses a gradient with one value that is not a number', async () => {
    const agreement = await compareExecutors(
      broken(gradient => void (gradient[7] = NaN)),
      reference(),
    );
    expect(disagreement(agreement)).toBeDefined();
  });
});

function reasonOf(probe: Probe): string | undefined {
  return probe.works ? undefined : formatMessage(probe.reason);
}

describe('a probe', () => {
  const request = { device: 'webgpu', threads: 0, storage: folder } as const;

  it('outlives a provider that takes its process down', async () => {
    const entry = standIn('abort', `console.error('fatal: the driver gave up'); process.abort();`);
    const probe = await probeDevice(request, { entry, timeoutMs: 20_000 });
    expect(probe).toMatchObject({ works: false });
    expect(reasonOf(probe)).toMatch(/SIGABRT.*the driver gave up/);
  });

  it('gives up a provider that does not answer', async () => {
    const entry = standIn('hang', 'setInterval(() => undefined, 1000);');
    const probe = await probeDevice(request, { entry, timeoutMs: 500 });
    expect(reasonOf(probe)).toContain('did not finish');
  });

  it('says in words that there is no adapter', async () => {
    const env = { ...process.env, VK_ICD_FILENAMES: path.join(folder, 'none.json') };
    const probe = await probeDevice(request, { entry: workshop.engineEntry, timeoutMs: 60_000, env });
    expect(reasonOf(probe)).toBe('WebGPU finds no usable graphics card.');
    expect(probe.works || formatMessage(probe.next!)).toMatch(/libvulkan1/);
  });

  it('measures the CPU', async () => {
    const options = { entry: workshop.engineEntry, timeoutMs: 60_000 };
    const probe = await probeDevice({ ...request, device: 'cpu' }, options);
    expect(probe).toMatchObject({ works: true, title: 'CPU' });
  });
});

describe('WebGPU on a software adapter', () => {
  it('passes the self-check', async () => {
    const env = { ...process.env, ...lavapipeEnvironment() };
    const request = { device: 'webgpu', threads: 0, storage: folder } as const;
    const probe = await probeDevice(request, { entry: workshop.engineEntry, timeoutMs: 560_000, env });
    expect(probe).toMatchObject({ works: true, title: 'WebGPU' });
    const { agreement } = probe as Extract<typeof probe, { works: true }>;
    expect(agreement!.losses).toBeLessThan(1e-4);
    expect(agreement!.gradient).toBeLessThan(1e-3);
  }, 600_000);
});
