import { describe, expect, it } from 'vitest';
import { LossCurveRecorder } from '../../../../src/engine/figures/lossCurve';

describe('the course of a picture', () => {
  it('goes on from what an earlier part noted', () => {
    const draft = new LossCurveRecorder();
    draft.add(1, { content: 4, style: 10 });
    draft.add(3, { content: 3, style: 5 });
    const rest = new LossCurveRecorder(draft.lossCurve);
    rest.add(2, { content: 2, style: 2.5 });
    expect(rest.lossCurve).toMatchObject({
      ...{ evaluations: 5, at: [1, 3, 5] },
      losses: { content: [4, 3, 2], style: [10, 5, 2.5] },
    });
    expect(draft.lossCurve.at).toEqual([1, 3]);
  });

  it('counts the time of the work alone', () => {
    const recorder = new LossCurveRecorder(
      { seconds: 2, evaluations: 1, at: [], losses: {} },
      performance.now() - 3000,
    );
    recorder.pause();
    expect(recorder.lossCurve.seconds).toBeCloseTo(5, 0);
    const held = recorder.lossCurve.seconds;
    recorder.resume();
    recorder.pause();
    expect(recorder.lossCurve.seconds - held).toBeLessThan(1);
  });

  it('keeps its first and its last point however long it is', () => {
    const recorder = new LossCurveRecorder();
    for (let step = 1; step <= 5000; step++) recorder.add(step, { relative: 1 / step });
    const { at, losses, evaluations } = recorder.lossCurve;
    expect(evaluations).toBe(5000);
    expect(at.length).toBeLessThanOrEqual(200);
    expect([at[0], at.at(-1)]).toEqual([1, 5000]);
    expect(losses.relative).toHaveLength(at.length);
    expect(losses.relative?.at(-1)).toBe(0.0002);
  });
});
