import { describe, expect, it } from 'vitest';

import { FramePace } from '../../../../src/engine/run/framePace';

/** Times between the previews of half a minute of steps of one duration; milliseconds. */
function intervals(step: number): number[] {
  const pace = new FramePace();
  const times: number[] = [];
  for (let now = step; now < 30_000; now += step) {
    if (!pace.isDue(now)) continue;
    pace.shown(now);
    times.push(now);
  }
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

describe('The pace of previews', () => {
  it.each([5, 40, 100, 190, 240, 260, 300, 379, 381, 450, 499])(
    'is two a second or better with steps of %i ms',
    step => {
      expect(Math.max(...intervals(step))).toBeLessThanOrEqual(500);
    },
  );

  it.each([5, 40, 100, 190])('is no more than three a second where steps are short (%i ms)', step => {
    expect(Math.min(...intervals(step))).toBeGreaterThanOrEqual(333);
  });

  it('shows every step where a step takes longer', () => {
    expect(new Set(intervals(700))).toEqual(new Set([700]));
  });

  it('shows the first step at once', () => {
    expect(new FramePace().isDue(0)).toBe(true);
  });
});
