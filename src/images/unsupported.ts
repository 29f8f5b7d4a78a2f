import { AtelierError } from '../common/errors';
import { msg, type Message } from '../common/messages';

/**
 * The refusal of a file that may well be intact, but is coded in a way that would be read wrongly.
 *
 * @param what names the coding: "Atelier does not support …"
 */
export function unsupported(name: string, what: Message): AtelierError {
  return new AtelierError(
    'image-unsupported',
    msg`${name} cannot be read: Atelier does not support ${what}.`,
    { next: msg`Save it as PNG, or as TIFF in RGB with 8 or 16 bits a channel.` },
  );
}
