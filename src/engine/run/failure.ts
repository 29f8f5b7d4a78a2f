import { AtelierError } from '../../common/errors';
import { isOutOfMemory } from '../../common/outOfMemory';
import { msg } from '../../common/messages';
import { smallestSide } from '../../images/size';
import { DivergedError } from '../../nst/diverged';
import type { Size } from '../../nst/image';

const diverged = msg`The loss became infinite or undefined and did not recover with shorter steps.`;

/** What went wrong during a run as an error for people; an `AtelierError` stays as it is. */
export function explainFailure(error: unknown, size: Size): unknown {
  if (error instanceof AtelierError) return error;
  if (error instanceof DivergedError) {
    return new AtelierError('diverged', diverged, {
      next: msg`Use smaller weights: a larger ratio, a smaller tv, or the optimizer adam.`,
      cause: error,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  if (!isOutOfMemory(message)) return error;
  const smaller = Math.max(smallestSide, Math.round((0.7 * Math.max(size.width, size.height)) / 16) * 16);
  return new AtelierError(
    'out-of-memory',
    msg`There is not enough memory for ${size.width} × ${size.height} pixels.`,
    { next: msg`Choose a size of ${smaller} or less, or close other programs.`, cause: error },
  );
}
