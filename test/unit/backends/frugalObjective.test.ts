import { describe, expect, it } from 'vitest';
import { FrugalObjective } from '../../../src/backends/onnx/frugalObjective';
import type { Objective } from '../../../src/nst/executor';

const size = { width: 64, height: 64 };
const x = new Float32Array(1);

/** An objective whose evaluations fail with these words, or give its name as the total. */
function objective(total: number, log: string[], words?: string): Objective<Float32Array> {
  return {
    size,
    evaluate: () =>
      words === undefined
        ? Promise.resolve({ losses: { terms: {}, total }, gradient: x })
        : Promise.reject(new Error(words)),
    dispose: () => {
      log.push(`dispose ${total}`);
      return Promise.resolve();
    },
  };
}

async function totals(whole: () => Promise<Objective<Float32Array>>, log: string[]): Promise<number[]> {
  const inBands = () => {
    log.push('bands');
    return Promise.resolve(objective(2, log));
  };
  const frugal = await FrugalObjective.create(size, whole, inBands);
  const found = [];
  for (let i = 0; i < 2; i++) found.push((await frugal.evaluate(x, {})).losses.total);
  await frugal.dispose();
  return found;
}

// In the words of onnxruntime's WebGPU provider and of Dawn.
const words = [
  'Failed to allocate memory for requested buffer of size 1073741824',
  'Binding size (268435456) of [Buffer] is larger than the maximum storage buffer binding size (134217728).',
  'Buffer size (8589934592) exceeds the max buffer size limit (4294967296).',
];

describe('an objective on a card', () => {
  it('is one graph while there is room', async () => {
    const log: string[] = [];
    expect(await totals(() => Promise.resolve(objective(1, log)), log)).toEqual([1, 1]);
    expect(log).toEqual(['dispose 1']);
  });

  it.each(words)('goes on in bands: %s', async message => {
    const log: string[] = [];
    expect(await totals(() => Promise.resolve(objective(1, log, message)), log)).toEqual([2, 2]);
    expect(log).toEqual(['dispose 1', 'bands', 'dispose 2']);
  });

  it('begins in bands where the graph itself finds no room', async () => {
    const log: string[] = [];
    expect(await totals(() => Promise.reject(new Error(words[0])), log)).toEqual([2, 2]);
  });

  it('passes on what is no lack of room', async () => {
    const lost = objective(1, [], 'Device lost');
    await expect(totals(() => Promise.resolve(lost), [])).rejects.toThrow('Device lost');
  });
});
