import { describe, expect, it, vi } from 'vitest';
import { Stylization, type StylizePlan } from '../../../src/nst/stylize';
import { ReferenceExecutor } from './referenceExecutor';

vi.setConfig({ testTimeout: 60_000 });

import { choices, collect, interrupting, network, plan, sources, spec, strengths } from './stylizeRuns';

describe.each(choices)('a run with %o', optimizer => {
  const whole = { ...plan, optimizer };
  const uninterrupted = collect(new Stylization(new ReferenceExecutor(network), whole, sources).run());

  it('counts its steps over the scales, and falls at each', async () => {
    const steps = await uninterrupted;
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(steps.map(({ scaleIndex }) => scaleIndex)).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2]);
    expect(steps.map(({ evaluations }) => evaluations)).toEqual(
      [...steps.map(({ evaluations }) => evaluations)].sort((a, b) => a - b),
    );
    steps.forEach(({ size, pixels, totalSteps }) => {
      expect(pixels).toHaveLength(3 * size.width * size.height);
      expect(totalSteps).toBe(11);
    });
    for (const [first, last] of [
      [0, 3],
      [4, 6],
      [7, 10],
    ] as const) {
      expect(steps[last]!.losses.total).toBeLessThan(steps[first]!.losses.total);
    }
  });

  it('gives with every step the losses of its picture', async () => {
    const executor = new ReferenceExecutor(network);
    for (const { size, losses, pixels } of await uninterrupted) {
      const content = await sources.content(size);
      const objective = await executor.prepare({ spec, content, styles: await sources.styles(size) });
      expect((await objective.evaluate(pixels, strengths)).losses).toEqual(losses);
    }
  });

  it('holds one objective at a time, and none after it', async () => {
    const executor = new ReferenceExecutor(network);
    const run = new Stylization(executor, whole, sources);
    for await (const { step } of run.run()) {
      expect(executor.alive).toBe(1);
      if (step === 8) break;
    }
    await run.dispose();
    expect(executor.alive).toBe(0);
  });
});

describe('a run', () => {
  it('starts from the content, from noise by its seed, or from an image', async () => {
    const start = async (change: Partial<StylizePlan>) => {
      const starts: Float32Array[] = [];
      const watched = interrupting(new ReferenceExecutor(network), image => starts.push(image.slice()));
      for await (const _ of new Stylization(watched, { ...plan, ...change }, sources).run()) break;
      return starts[0];
    };
    const { size } = plan.scales[0]!;
    expect(await start({ init: 'content' })).toEqual((await sources.content(size)).data);
    expect(await start({ init: 'image' })).toEqual((await sources.start(size)).data);
    const noise = await start({ seed: 5 });
    expect(await start({ seed: 5 })).toEqual(noise);
    expect(await start({ seed: 6 })).not.toEqual(noise);
  });
});
