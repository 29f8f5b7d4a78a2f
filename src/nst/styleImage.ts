import type { FloatImage } from './image';
import type { Mask } from './regions/mask';

/** One style image and its share of the blend. */
export interface StyleImage {
  readonly image: FloatImage;
  /** Relative weight, positive; the style targets are averaged with these. */
  readonly weight: number;
  /** Of the image's size: the part of it that counts; without it all of it. */
  readonly mask?: Mask;
}
