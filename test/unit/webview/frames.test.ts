import { describe, expect, it } from 'vitest';
import { finalExtent, nearestFrame, scaleStarts } from '../../../src/webview/studio/frames';
import type { Frame } from '../../../src/protocol/studio';

const frames: Frame[] = [2, 10, 30].map(step => ({ uri: '', step, scale: [64, 48] }));
const plan = {
  plan: [
    { scale: [64, 48] as const, steps: 10 },
    { scale: [128, 96] as const, steps: 20 },
  ],
};

describe('the timeline', () => {
  it.each([
    [0, 0],
    [6, 0],
    [7, 1],
    [29, 2],
    [99, 2],
  ])('shows for step %d frame %d', (step, index) => {
    expect(nearestFrame(frames, step)).toBe(index);
  });

  it('has nothing to show before the first frame', () => {
    expect(nearestFrame([], 3)).toBe(-1);
  });

  it('marks where scales begin', () => {
    expect(scaleStarts(plan)).toEqual([10]);
    expect(scaleStarts(undefined)).toEqual([]);
  });

  it('shows all frames at the size of the last scale', () => {
    expect(finalExtent(frames, plan)).toEqual({ width: 128, height: 96 });
    expect(finalExtent(frames, undefined)).toEqual({ width: 64, height: 48 });
    expect(finalExtent([], undefined)).toBeUndefined();
  });
});
