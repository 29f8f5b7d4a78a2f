import { describe, expect, it } from 'vitest';
import { isTooOld, parseQuery } from '../../../../src/backends/tensorflow/install/nvidia';
import { readTrial } from '../../../../src/backends/tensorflow/install/tryAddon';
import { phrase, verbatim } from '../../../../src/phrase';

describe('what TensorFlow says while it loads', () => {
  const answer = (gpu: boolean): string => `\nATELIER {"version":"2.21.0","gpu":${gpu}}\n`;

  it('names the card', () => {
    const log =
      'I0000 gpu_device.cc:2020] Created device /job:localhost/replica:0/task:0/device:GPU:0 with 4096 MB memory:' +
      '  -> device: 0, name: NVIDIA Example, pci bus id: 0000:01:00.0, compute capability: 8.6';
    expect(readTrial(0, log + answer(true))).toEqual({
      works: true,
      version: '2.21.0',
      gpu: { name: 'NVIDIA Example', memoryBytes: 2 ** 32, computeCapability: '8.6' },
    });
  });

  it('shows the silent fall-back to the CPU, with its reason', () => {
    const log =
      'W0000 gpu_device.cc:2342] Cannot dlopen some GPU libraries. Skipping registering GPU devices...';
    expect(readTrial(0, log + answer(false))).toEqual({
      works: true,
      version: '2.21.0',
      noGpu: phrase`some of NVIDIA’s libraries cannot be loaded`,
    });
  });

  it('is an error when it does not load', () => {
    expect(
      readTrial(1, 'node:internal\n\nError: libtensorflow_cc.so.2: cannot open shared object file\n'),
    ).toEqual({
      works: false,
      reason: verbatim('libtensorflow_cc.so.2: cannot open shared object file'),
    });
  });
});

describe('the NVIDIA driver', () => {
  it('is read with its cards', () => {
    const driver = parseQuery('NVIDIA One, 24576, 550.54.14\nNVIDIA Two, 8192, 550.54.14\n');
    expect(driver).toEqual({
      version: '550.54.14',
      gpus: [
        { name: 'NVIDIA One', memoryBytes: 24576 * 2 ** 20 },
        { name: 'NVIDIA Two', memoryBytes: 8192 * 2 ** 20 },
      ],
    });
    expect(parseQuery('No devices were found\n')).toBeUndefined();
  });

  it.each([
    ['470.223.02', true],
    ['525.60.13', false],
    ['525.9', true],
    ['580.1', false],
  ])('%s is too old: %s', (version, expected) => {
    expect(isTooOld({ version, gpus: [] })).toBe(expected);
  });
});
