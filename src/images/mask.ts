import sharp from 'sharp';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import type { Size } from '../nst/image';
import { decodeImage } from './decode';
import { readBytes } from './file';
import { formatOf } from './format';
import type { SourceImage } from './source';

/**
 * Reads the mask of an image: any image in its proportions, see `SourceImage.maskAt`.
 * @param of the image that it belongs to, with its name for the sentences of errors
 * @throws AtelierError the errors of `readImage`; `mask-unusable` for what moves and for other proportions
 */
export async function readMask(file: string, of: Size & { readonly name: string }): Promise<SourceImage> {
  const bytes = await readBytes(file);
  const mask = await decodeImage(bytes, file, { anySize: true });
  if (await isAnimated(bytes))
    throw new AtelierError('mask-unusable', msg`${file} is an animation; a mask is a single image.`, {
      next: msg`Save one of its frames as a PNG.`,
    });
  if (!isInProportion(mask, of))
    throw new AtelierError(
      'mask-unusable',
      msg`${file} is ${mask.width} × ${mask.height} pixels; its proportions differ from the ${of.width} × ${of.height} of ${of.name}.`,
      { next: msg`Make a mask of the same proportions; its size does not matter.` },
    );
  return mask;
}

/** Whether a mask of the size fits an image, with a pixel for rounding. */
function isInProportion(mask: Size, image: Size): boolean {
  const off = Math.abs(mask.width * image.height - mask.height * image.width);
  return off <= Math.max(image.width, image.height, mask.width, mask.height);
}

/** Whether a file that can be decoded has more than one frame. */
async function isAnimated(bytes: Buffer): Promise<boolean> {
  switch (formatOf(bytes)) {
    case 'gif':
    case 'webp':
      return ((await sharp(bytes, { limitInputPixels: false }).metadata()).pages ?? 1) > 1;
    case 'png':
      // The control chunk of an animated PNG stands before its image.
      return bytes.subarray(0, Math.max(0, bytes.indexOf('IDAT'))).includes('acTL');
    case 'avif':
      return bytes.subarray(0, 32).includes('avis');
    default:
      return false;
  }
}
