import { describe, expect, it, vi } from 'vitest';
import { DivergedError } from '../../../src/nst/diverged';
import type { Size } from '../../../src/nst/image';
import type { Strengths } from '../../../src/nst/objective';
import { Stylization, type RunState, type Sources, type StylizePlan } from '../../../src/nst/stylize';
import { ReferenceExecutor } from './referenceExecutor';
import { grouped } from '../../../src/nst/terms/term';

vi.setConfig({ testTimeout: 60_000 });

import {
  altered,
  choices,
  collect,
  interrupting,
  network,
  plan,
  seen,
  sources,
  strengths,
  written,
} from './stylizeRuns';

describe.each(choices)('a run with %o', optimizer => {
  const whole = { ...plan, optimizer };
  const uninterrupted = collect(new Stylization(new ReferenceExecutor(network), whole, sources).run());

  it('saved after any step and continued from the file, gives the same bytes', async () => {
    const steps = await uninterrupted;
    for (let until = 1; until <= steps.length; until++) {
      const first = new Stylization(new ReferenceExecutor(network), whole, sources);
      let state: RunState | undefined;
      for await (const { step } of first.run()) {
        if (step < until) continue;
        state = written(first.save());
        break;
      }
      await first.dispose();
      expect(state?.step).toBe(until);
      const second = new Stylization(new ReferenceExecutor(network), whole, sources, state);
      expect(second.image()?.data).toEqual(steps[until - 1]!.pixels);
      expect(await collect(second.run())).toEqual(steps.slice(until));
      expect(second.image()?.data).toEqual(steps.at(-1)!.pixels);
      await second.dispose();
    }
  });

  it('cut short before any evaluation and continued from the file, gives the same bytes', async () => {
    const steps = await uninterrupted;
    const evaluations = steps.at(-1)!.evaluations;
    for (let allowed = 0; allowed <= evaluations; allowed++) {
      const controller = new AbortController();
      const executor = new ReferenceExecutor(network);
      let left = allowed;
      const watched = interrupting(executor, () => {
        if (--left <= 0) controller.abort();
      });
      if (allowed === 0) controller.abort();
      const first = new Stylization(watched, whole, sources);
      const before = await collect(first.run(controller.signal));
      const state = written(first.save());
      await first.dispose();
      expect(executor.alive).toBe(0);
      const second = new Stylization(new ReferenceExecutor(network), whole, sources, state);
      expect([...before, ...(await collect(second.run()))]).toEqual(steps);
    }
  });

  it('goes on in memory after it was cut short', async () => {
    const controller = new AbortController();
    const run = new Stylization(new ReferenceExecutor(network), whole, sources);
    const steps = [];
    for await (const step of run.run(controller.signal)) {
      steps.push(seen(step));
      if (step.step === 5) controller.abort();
    }
    expect(steps).toHaveLength(5);
    expect([...steps, ...(await collect(run.run()))]).toEqual(await uninterrupted);
  });

  it('retuned, gives the same bytes whether and when it was interrupted', async () => {
    const louder: Strengths = { ...strengths, 'style:conv1_1': 300, 'style:conv2_1': 5 };
    const resumed = (run: Stylization<Float32Array>) =>
      new Stylization(new ReferenceExecutor(network), whole, sources, written(run.save()));
    const runs = await Promise.all(
      ['never', 'before', 'after', 'twice'].map(async interrupted => {
        let run = new Stylization(new ReferenceExecutor(network), whole, sources);
        const steps = [];
        for await (const step of run.run()) {
          steps.push(seen(step));
          if (step.step === 6) break;
        }
        if (interrupted === 'before' || interrupted === 'twice') run = resumed(run);
        run.retune(louder);
        if (interrupted === 'after' || interrupted === 'twice') run = resumed(run);
        return [...steps, ...(await collect(run.run()))];
      }),
    );
    for (const run of runs.slice(1)) expect(run).toEqual(runs[0]);
    const [before, after] = [runs[0]![5]!, runs[0]![6]!];
    expect(before).toEqual((await uninterrupted)[5]);
    expect(after.losses.total).not.toBe((await uninterrupted)[6]!.losses.total);
    const { content, style, tv } = grouped(after.losses.terms);
    expect(after.losses.total).toBeCloseTo(
      content.conv2_1! + 300 * style.conv1_1! + 5 * style.conv2_1! + 2 * tv,
      9,
    );
  });

  it('retuned in the middle of a step, changes from the next one on', async () => {
    const louder: Strengths = { ...strengths, tv: 40 };
    let calls = 0;
    const executor = interrupting(new ReferenceExecutor(network), () => {
      if (++calls === 3) run.retune(louder);
    });
    const run = new Stylization<Float32Array>(executor, whole, sources);
    const steps = await collect(run.run());
    expect(steps[1]).toEqual((await uninterrupted)[1]);
    expect(steps[2]!.losses.total).not.toBe((await uninterrupted)[2]!.losses.total);
    expect(run.save()?.strengths).toEqual(louder);
  });

  it('stands where it stood when the device fails, and says what failed', async () => {
    const steps = await uninterrupted;
    for (const failing of [2, 4, 7]) {
      let calls = 0;
      const executor = interrupting(new ReferenceExecutor(network), () => {
        if (++calls === failing) throw new Error('the device is gone');
      });
      const first = new Stylization(executor, whole, sources);
      const before: ReturnType<typeof seen>[] = [];
      const running = (async () => {
        for await (const step of first.run()) before.push(seen(step));
      })();
      await expect(running).rejects.toThrow('the device is gone');
      const state = written(first.save());
      const second = new Stylization(new ReferenceExecutor(network), whole, sources, state);
      expect([...before, ...(await collect(second.run()))]).toEqual(steps);
    }
  });

  it('recovers from losses that are not finite, and says so when it cannot', async () => {
    const torn = (broken: (call: number) => boolean) =>
      new Stylization(altered(new ReferenceExecutor(network), broken), whole, sources);
    const steps = await collect(torn(call => call % 3 === 2).run());
    expect(steps).toHaveLength(11);
    expect(steps.every(({ losses }) => Number.isFinite(losses.total))).toBe(true);
    expect(steps.at(-1)!.evaluations).toBeGreaterThan((await uninterrupted).at(-1)!.evaluations);

    const lost = torn(call => call > 3);
    await expect(collect(lost.run())).rejects.toThrow(DivergedError);
    expect(lost.save()?.step).toBe(2);
    const again = new Stylization(new ReferenceExecutor(network), whole, sources, written(lost.save()));
    expect(await collect(again.run())).toEqual((await uninterrupted).slice(2));
  });
});

describe('a run', () => {
  const sizesSeen = (run: Stylization<Float32Array>) =>
    collect(run.run()).then(steps => steps.map(({ size }) => [size.width, size.height]));

  it('has no state before its first scale, and a state once it has a picture', async () => {
    const run = new Stylization(new ReferenceExecutor(network), plan, sources);
    expect(run.save()).toBeUndefined();
    expect(run.image()).toBeUndefined();
    expect(await collect(run.run(AbortSignal.abort()))).toEqual([]);
    expect(run.save()).toBeUndefined();
    for await (const _ of run.run()) break;
    expect(run.save()?.step).toBe(1);
    expect(run.image()).toMatchObject(plan.scales[0]!.size);
  });

  it('remembers only its picture at the end of a scale', async () => {
    const run = new Stylization(new ReferenceExecutor(network), plan, sources);
    for await (const { step } of run.run()) if (step === 4) break;
    expect(Object.keys(run.save()!.vectors)).toEqual(['position']);
  });

  it('keeps its state when the next scale cannot be prepared', async () => {
    const failing = (size: Size) => size.width === 11;
    const stubborn: Sources = {
      ...sources,
      content: size => (failing(size) ? Promise.reject(new Error('no such picture')) : sources.content(size)),
    };
    const first = new Stylization(new ReferenceExecutor(network), plan, stubborn);
    await expect(collect(first.run())).rejects.toThrow('no such picture');
    const state = written(first.save());
    expect(state?.step).toBe(4);
    const second = new Stylization(new ReferenceExecutor(network), plan, sources, state);
    expect(await sizesSeen(second)).toHaveLength(7);
  });

  it('refuses the state of another plan', async () => {
    const run = new Stylization(new ReferenceExecutor(network), plan, sources);
    for await (const { step } of run.run()) if (step === 2) break;
    const state = run.save()!;
    const resume = (change: Partial<StylizePlan>, changed: Partial<RunState> = {}) =>
      new Stylization(new ReferenceExecutor(network), { ...plan, ...change }, sources, {
        ...state,
        ...changed,
      });
    expect(() => resume({ optimizer: { kind: 'adam' } })).toThrow(RangeError);
    expect(() => resume({ scales: plan.scales.slice(1) })).toThrow(RangeError);
    expect(() => resume({}, { step: 5 })).toThrow(RangeError);
    expect(() => resume({}, { scaleIndex: 3 })).toThrow(RangeError);
    expect(() => resume({})).not.toThrow();
  });
});
