import { AtelierError } from '../../common/errors';
import { msg, type Message } from '../../common/messages';

/** A weight file or folder that is damaged or of another make: names it and says why. */
export function unusable(file: string, reason: Message, cause?: unknown): AtelierError {
  return new AtelierError('model-corrupt', msg`${file} is not a usable weight file: ${reason}.`, {
    next: msg`Download or import the model again, or choose another one.`,
    cause,
  });
}
