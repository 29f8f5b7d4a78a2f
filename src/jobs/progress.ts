import type { PlannedScale } from '../protocol/jobEvent';

/** What tells how far a run is. */
interface Position {
  readonly plan: readonly PlannedScale[];
  /** Index into `plan` of the current scale. */
  readonly scaleIndex: number;
  readonly step: number;
}

/** Steps left, each counted in steps of the current scale: their cost grows with the number of pixels. */
export function stepsLeft({ plan, scaleIndex, step }: Position): number {
  const current = plan[scaleIndex];
  return current === undefined ? 0 : workAfter({ plan, step }) / pixels(current);
}

/** How much of a run is behind it, 0 … 1, by the time that its steps take: a step at a coarse scale is quickly done. */
export function fractionDone({ plan, step }: Pick<Position, 'plan' | 'step'>): number {
  const whole = workAfter({ plan, step: 0 });
  return whole === 0 ? 0 : 1 - workAfter({ plan, step }) / whole;
}

/** Pixels of all steps that come after one. */
function workAfter({ plan, step }: Pick<Position, 'plan' | 'step'>): number {
  let work = 0;
  let planned = 0;
  for (const scale of plan) {
    planned += scale.steps;
    work += pixels(scale) * Math.min(scale.steps, Math.max(0, planned - step));
  }
  return work;
}

function pixels({ scale: [width, height] }: PlannedScale): number {
  return width * height;
}
