import type { Sharp } from 'sharp';
import type { FloatImage } from '../nst/image';
import { openImage } from './encode';

/**
 * A live preview: a JPEG of quality 80 whose longest side is at most `maxSide` pixels. JPEG because it is
 * encoded several times faster than anything else: 4 to 6 ms for 512², of which 2 in JavaScript.
 */
export function encodePreview(image: FloatImage, maxSide: number): Promise<Buffer> {
  return within(openImage(image), maxSide).jpeg({ quality: 80 }).toBuffer();
}

function within(image: Sharp, maxSide: number): Sharp {
  return image.resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true });
}
