import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { candidates } from '../../../src/backends/candidates';
import { BACKENDS } from '../../../src/backends/registry';
import { formatMessage } from '../../../src/common/messages';
import { openSafetensorsWeights } from '../../../src/models/formats/safetensorsWeights';
import { createNetwork } from '../../../src/models/network';
import { resourcePath } from '../../../src/common/resources';

const system = process.platform;
let storage: string;
beforeEach(() => {
  storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-registry-'));
});
afterEach(() => {
  Object.defineProperty(process, 'platform', { value: system });
  fs.rmSync(storage, { recursive: true });
});

it('a device answers to the name that it is asked for by', () => {
  for (const [name, backend] of Object.entries(BACKENDS)) expect(backend.name).toBe(name);
});

it('on a system that no provider is made for the processor is left, and the others say why they are not', async () => {
  Object.defineProperty(process, 'platform', { value: 'freebsd' });
  const found = await candidates({ storage });
  const words = found.map(({ name, obstacle }) => [name, obstacle && formatMessage(obstacle.message)]);
  expect(Object.fromEntries(words)).toEqual({
    cuda: 'The CUDA runtime is not installed.',
    webgpu: `onnxruntime has no WebGPU for freebsd-${process.arch}.`,
    cpu: undefined,
    wasm: undefined,
  });
});

it.each(['webgpu', 'directml', 'coreml'] as const)(
  '%s is refused there with the same sentence',
  async name => {
    Object.defineProperty(process, 'platform', { value: 'freebsd' });
    const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
    const obstacle = await BACKENDS[name].obstacle({ storage });
    await expect(BACKENDS[name].open(network, { storage, threads: 1 })).rejects.toMatchObject({
      code: 'device-unavailable',
      explanation: obstacle,
    });
  },
);
