import { expect, it } from 'vitest';
import { runtimeEnvironment } from '../../../../src/backends/tensorflow/environment';

const cards = (card: string | undefined, environment: NodeJS.ProcessEnv): string | undefined =>
  runtimeEnvironment({ threads: 0, card }, environment).CUDA_VISIBLE_DEVICES;

it('shows TensorFlow one card: the one that was chosen, else the first that is shown, else the fastest', () => {
  expect(cards(undefined, {})).toBe('0');
  expect(cards('1', {})).toBe('1');
  expect(cards(undefined, { CUDA_VISIBLE_DEVICES: '2,0,1' })).toBe('2');
  expect(cards('GPU-5f3c', { CUDA_VISIBLE_DEVICES: '2,0' })).toBe('GPU-5f3c');
  expect(cards(' ', { CUDA_VISIBLE_DEVICES: 'MIG-1a, MIG-2b' })).toBe('MIG-1a');
});

it('leaves the cards hidden that somebody has hidden', () => {
  expect(cards(undefined, { CUDA_VISIBLE_DEVICES: '' })).toBe('');
  expect(cards(undefined, { CUDA_VISIBLE_DEVICES: '-1' })).toBe('-1');
});

it('asks for exact products and fixed orders of sums, unless somebody has decided otherwise', () => {
  expect(runtimeEnvironment({ threads: 2 }, {})).toMatchObject({
    NVIDIA_TF32_OVERRIDE: '0',
    TF_DETERMINISTIC_OPS: '1',
    TF_NUM_INTRAOP_THREADS: '2',
  });
  const decided = { NVIDIA_TF32_OVERRIDE: '1', TF_DETERMINISTIC_OPS: '0' };
  expect(Object.keys(runtimeEnvironment({ threads: 0 }, decided))).not.toContain('TF_DETERMINISTIC_OPS');
});
