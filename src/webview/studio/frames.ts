import type { Frame } from '../../protocol/studio';
import type { Progress } from '../../protocol/run';

/** Index of the frame whose step is nearest; frames are in order of steps. -1 for no frames. */
export function nearestFrame(frames: readonly Frame[], step: number): number {
  let best = -1;
  let distance = Infinity;
  frames.forEach((frame, index) => {
    const here = Math.abs(frame.step - step);
    if (here < distance) {
      best = index;
      distance = here;
    }
  });
  return best;
}

/** Steps after which a new scale begins: one fewer than there are scales. */
export function scaleStarts(progress: Pick<Progress, 'plan'> | undefined): readonly number[] {
  let steps = 0;
  return (progress?.plan ?? []).slice(0, -1).map(scale => (steps += scale.steps));
}

/** Size to show all frames at: that of the last scale of the plan, of the last frame otherwise. */
export function finalExtent(
  frames: readonly Frame[],
  progress: Pick<Progress, 'plan'> | undefined,
): { readonly width: number; readonly height: number } | undefined {
  const scale = progress?.plan.at(-1)?.scale ?? frames.at(-1)?.scale;
  return scale && { width: scale[0], height: scale[1] };
}
