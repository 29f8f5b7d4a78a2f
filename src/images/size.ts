import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import type { Size } from '../nst/image';

/** The network halves the image four times before conv5_1: with fewer pixels a side has none left. */
export const smallestSide = 16;

/**
 * The size of a result whose longest side is to be `longest` pixels, in the proportions of `size`. It is never
 * larger than `size`; `longest` 0 keeps the size.
 *
 * @param name the file, for the sentence of the error
 * @throws AtelierError `image-too-small` when the shorter side would have fewer than 16 pixels
 */
export function fitLongestSide(
  size: Size,
  longest: number,
  { name = 'The image' }: { name?: string } = {},
): Size {
  const side = Math.max(size.width, size.height);
  const wanted = longest === 0 || longest > side ? side : longest;
  const fitted = {
    width: Math.round((size.width * wanted) / side),
    height: Math.round((size.height * wanted) / side),
  };
  if (wanted === side) refuseSmall(fitted, name);
  else if (Math.min(fitted.width, fitted.height) < smallestSide) {
    const enough = Math.ceil((smallestSide * side) / Math.min(size.width, size.height));
    throw new AtelierError(
      'image-too-small',
      msg`${name} would be ${fitted.width} × ${fitted.height} pixels; the network needs ${smallestSide} on the shorter side.`,
      { next: msg`Choose a size of at least ${enough}, or crop the image.` },
    );
  }
  return fitted;
}

/** @throws AtelierError `image-too-small` when the shorter side has fewer than 16 pixels */
export function refuseSmall(size: Size, name: string): void {
  if (Math.min(size.width, size.height) >= smallestSide) return;
  throw new AtelierError(
    'image-too-small',
    msg`${name} is ${size.width} × ${size.height} pixels; the network needs ${smallestSide} on the shorter side.`,
    { next: msg`Choose a larger image.` },
  );
}
