import { expect, it } from 'vitest';
import { fractionDone, stepsLeft } from '../../../src/jobs/progress';

const plan = [
  { scale: [128, 96], steps: 20 },
  { scale: [256, 192], steps: 20 },
  { scale: [512, 384], steps: 20 },
] as const;

it('a run is as far as the time of its steps, which grows with their pixels', () => {
  // A step at each scale takes four times that of the scale before: 20 · (1 + 4 + 16).
  const at = (step: number) => Math.round(1000 * fractionDone({ plan, step }));
  expect([0, 20, 40, 50, 60].map(at)).toEqual([0, 48, 238, 619, 1000]);
  expect(stepsLeft({ plan, scaleIndex: 1, step: 30 })).toBe(10 + 4 * 20);
  expect(fractionDone({ plan: [], step: 0 })).toBe(0);
});
