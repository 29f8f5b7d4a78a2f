import { AtelierError } from '../../common/errors';
import { phrase, type Phrase } from '../../common/messages';

/** A weight file or folder that is damaged or of another make: names it and says why. */
export function unusable(file: string, reason: Phrase, cause?: unknown): AtelierError {
  return new AtelierError('model-corrupt', phrase`${file} is not a usable weight file: ${reason}.`, {
    next: phrase`Download or import the model again, or choose another one.`,
    cause,
  });
}
