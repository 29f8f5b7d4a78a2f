import type { SourceImage } from '../../images/source';

/** A decoded style and its share of the blend. */
export interface DecodedStyle {
  readonly image: SourceImage;
  readonly weight: number;
}
