import { fill } from '../../protocol/wording';
import type { StudioStrings } from '../../protocol/strings';
import type { Phase, Status } from '../../protocol/run';

/** A phase in one word. */
export function phaseText(phase: Phase, strings: StudioStrings): string {
  const texts: Record<Phase, string> = {
    queued: strings.phaseQueued,
    starting: strings.phaseStarting,
    running: strings.phaseRunning,
    pausing: strings.phasePausing,
    paused: strings.phasePaused,
    stopping: strings.phaseStopping,
    stopped: strings.phaseStopped,
    interrupted: strings.phaseInterrupted,
    done: strings.phaseDone,
    failed: strings.phaseFailed,
  };
  return texts[phase];
}

/** What a screen reader says when it changes: the phase, the scale while it paints, and where it was saved. */
export function announcement(status: Status, strings: StudioStrings): string {
  const phase = phaseText(status.phase, strings);
  const { progress, savedAs } = status;
  if (savedAs !== undefined) return `${phase}. ${fill(strings.savedAs, { name: savedAs })}`;
  if (status.phase !== 'running' || progress === undefined || progress.plan.length < 2) return phase;
  return `${phase}. ${scaleText(progress, strings)}`;
}

/** "Scale 2 of 3". */
export function scaleText(
  { scaleIndex, plan }: { readonly scaleIndex: number; readonly plan: readonly unknown[] },
  strings: StudioStrings,
): string {
  return fill(strings.scaleOf, { index: scaleIndex + 1, count: plan.length });
}
