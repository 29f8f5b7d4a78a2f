import { AtelierError } from '../errors';

/** A weight file or folder that is damaged or of another make: names it and says why. */
export function unusable(file: string, reason: string, cause?: unknown): AtelierError {
  return new AtelierError('model-corrupt', `${file} is not a usable weight file: ${reason}.`, {
    next: 'Download or import the model again, or choose another one.',
    cause,
  });
}
