import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Precision } from '../../../../src/backends/device';
import { disagreement } from '../../../../src/backends/selfCheck';
import { cuda } from '../../../../src/backends/tensorflow/backend';
import { TensorflowExecutor } from '../../../../src/backends/tensorflow/executor';
import { withPrecision, type Session } from '../../../../src/backends/tensorflow/session';
import { formatMessage } from '../../../../src/common/messages';

const { NVIDIA_TF32_OVERRIDE } = process.env;
/** What TensorFlow was told last; it begins with rounding allowed. */
let rounds = true;
const binding = { enableTensorFloat32: (enabled: boolean) => void (rounds = enabled) };
const onCard = { usesGpu: true } as Session;

vi.mock('../../../../src/backends/tensorflow/locate', () => ({
  locateTensorflow: () => Promise.resolve({ addon: '/nowhere/tfjs_binding.node', variant: 'cuda' }),
  namedTensorflow: () => undefined,
}));
vi.mock('../../../../src/backends/tensorflow/install/tryAddon', () => ({
  tryAddon: () => Promise.resolve({ works: true, version: '2.21.0', gpu: { name: 'NVIDIA One' } }),
}));

beforeEach(() => {
  delete process.env.NVIDIA_TF32_OVERRIDE;
  rounds = true;
});
afterEach(() => {
  vi.restoreAllMocks();
  if (NVIDIA_TF32_OVERRIDE === undefined) delete process.env.NVIDIA_TF32_OVERRIDE;
  else process.env.NVIDIA_TF32_OVERRIDE = NVIDIA_TF32_OVERRIDE;
});

describe('a session', () => {
  it('is exact unless it was asked to be fast', () => {
    expect(withPrecision(onCard, binding as never, { threads: 0 }).allowRounding).toBeUndefined();
    expect(rounds).toBe(false);
  });

  it('that is fast is exact but for what is allowed', () => {
    const { allowRounding } = withPrecision(onCard, binding as never, { threads: 0, precision: 'fast' });
    expect(rounds).toBe(false);
    allowRounding?.(true);
    expect(rounds).toBe(true);
  });

  it.each([
    ['on the processor', { usesGpu: false } as Session, binding],
    ['without a switch', onCard, {}],
  ])('is exact %s', (_, session, given) => {
    const { allowRounding } = withPrecision(session, given as never, { threads: 0, precision: 'fast' });
    expect(allowRounding).toBeUndefined();
  });

  it('is exact where NVIDIA’s libraries were told so as they were loaded', () => {
    process.env.NVIDIA_TF32_OVERRIDE = '0';
    const { allowRounding } = withPrecision(onCard, binding as never, { threads: 0, precision: 'fast' });
    expect(allowRounding).toBeUndefined();
  });
});

describe('CUDA', () => {
  const open = async (precision: Precision, given: object) => {
    vi.spyOn(TensorflowExecutor, 'create').mockImplementation((_network, options) => {
      const session = withPrecision(onCard, given as never, options);
      return Promise.resolve({ session, dispose: () => Promise.resolve() } as unknown as TensorflowExecutor);
    });
    const { title, rounds, fallback } = await cuda.open({} as never, { threads: 0, storage: '', precision });
    return { title, rounds, fallback: fallback && formatMessage(fallback) };
  };

  it('names the rounding', async () => {
    expect(await open('fast', binding)).toEqual({ title: 'CUDA: NVIDIA One (TF32)', rounds: true });
    expect(await open('exact', binding)).toEqual({ title: 'CUDA: NVIDIA One' });
  });

  it('says that a library without the switch computes exactly', async () => {
    expect(await open('fast', {})).toEqual({
      title: 'CUDA: NVIDIA One',
      fallback: 'This TensorFlow has no switch for TensorFloat-32: it computes exactly.',
    });
  });

  it('says what to do where an exact painting came first', async () => {
    process.env.NVIDIA_TF32_OVERRIDE = '0';
    expect((await open('fast', binding)).fallback).toMatch(/Restart the engine to use fast mode/);
  });
});

it('results that are rounded are near enough only where they may be', () => {
  const rounded = { losses: 2e-3, gradient: 4e-2 };
  expect(disagreement(rounded)).toBeDefined();
  expect(disagreement(rounded, true)).toBeUndefined();
  expect(disagreement({ losses: 0.1, gradient: 4e-2 }, true)).toBeDefined();
  expect(disagreement({ losses: 1e-3, gradient: NaN }, true)).toBeDefined();
});
