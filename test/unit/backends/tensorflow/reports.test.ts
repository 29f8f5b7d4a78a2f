import { describe, expect, it } from 'vitest';
import { driverObstacle } from '../../../../src/backends/tensorflow/install/obstacle';
import { isTooOld, parseQuery } from '../../../../src/backends/tensorflow/install/nvidia';
import { readTrial } from '../../../../src/backends/tensorflow/install/tryAddon';
import { formatMessage, msg, verbatim } from '../../../../src/common/messages';

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
      noGpu: {
        message: msg`some of NVIDIA’s libraries cannot be loaded`,
        next: msg`Remove the CUDA runtime and install it again.`,
      },
    });
  });

  // As TensorFlow 2.21 for CUDA says it: without a driver, and with one that shows no card or is too old.
  it.each([
    [
      'cuda_platform.cc:52] failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: UNKNOWN ERROR (303)',
      'there is no NVIDIA driver',
    ],
    [
      'cuda_platform.cc:52] failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: CUDA_ERROR_UNKNOWN: unknown error',
      'the NVIDIA driver does not answer',
    ],
    ['', 'TensorFlow finds no card'],
    [
      'gpu_device.cc] Ignoring visible gpu device (device: 0, name: NVIDIA One, compute capability: 5.0) with Cuda compute capability 5.0. The minimum required Cuda capability is 6.0.',
      'the NVIDIA card is too old for this TensorFlow',
    ],
  ])('%s', (log, reason) => {
    const trial = readTrial(0, log + answer(false));
    expect(trial.works && trial.noGpu && formatMessage(trial.noGpu.message)).toBe(reason);
    expect(trial.works && trial.noGpu && formatMessage(trial.noGpu.next)).not.toBe('');
  });

  it('that ends its process is understood all the same', () => {
    const log =
      "terminate called after throwing an instance of 'absl::lts_20250814::BadStatusOrAccess'\n" +
      '  what():  Bad StatusOr access: INTERNAL: CUDA Runtime error: : cudaErrorInsufficientDriver: CUDA driver version is insufficient for CUDA runtime version\n';
    expect(readTrial(null, log)).toMatchObject({
      works: false,
      reason: msg`the NVIDIA driver is too old`,
    });
    expect(readTrial(null, '  what():  bad weather\n')).toEqual({
      works: false,
      reason: verbatim('bad weather'),
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

  it('is there where a card is divided into instances and has no memory of its own', () => {
    expect(parseQuery('NVIDIA A100-SXM4-40GB, [N/A], 550.54.14, 8.0\n')).toEqual({
      version: '550.54.14',
      gpus: [{ name: 'NVIDIA A100-SXM4-40GB', computeCapability: 8 }],
    });
  });

  it.each([
    ['NVIDIA GeForce GTX 1080, 8192, 535.183.01, 6.1', undefined],
    ['Tesla V100-SXM2-16GB, 16384, 535.183.01, 7.0', undefined],
    ['NVIDIA GeForce RTX 5090, 32607, 570.86.10, 12.0', undefined],
    [
      'NVIDIA GeForce GTX 960, 4096, 535.183.01, 5.2\nNVIDIA GeForce RTX 3060, 12288, 535.183.01, 8.6',
      undefined,
    ],
    [
      'NVIDIA GeForce GTX 960, 4096, 535.183.01, 5.2',
      /GTX 960 has compute capability 5\.2; TensorFlow needs 6\.0/,
    ],
    ['Tesla K80, 11441, 470.256.02', /driver is 470\.256\.02; CUDA 12 needs/],
    ['', /CUDA needs an NVIDIA driver/],
  ])('%s: what stands in the way of an installation is said before it', (answer, sentence) => {
    const obstacle = driverObstacle(parseQuery(answer));
    if (sentence === undefined) expect(obstacle).toBeUndefined();
    else expect(formatMessage(obstacle!.message)).toMatch(sentence);
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
