import type { SourceImage } from '../../images/source';
import { keepChroma } from '../../nst/colors/keepChroma';
import { matchingLuma, toGrey } from '../../nst/colors/luma';
import { mapColors, matchingMap } from '../../nst/colors/match';
import type { FloatImage, Size } from '../../nst/image';
import type { Recipe } from '../../recipe/recipe';

/**
 * What the recipe's `colors` makes of the pictures of a run: `match` gives the styles the colours of the content,
 * `luminance` has everything painted in greys and puts the content's chroma back, `chroma` puts it back alone.
 */
export class Colors {
  /** Of every style, made when it is needed. */
  private readonly maps = new Map<SourceImage, (image: FloatImage) => FloatImage>();
  /** The content at the size that was asked for last. */
  private content: FloatImage | undefined;

  constructor(
    private readonly choice: Recipe['colors'],
    private readonly contentImage: SourceImage,
  ) {}

  /** The content as the run sees it. */
  async contentAt(size: Size): Promise<FloatImage> {
    const image = await this.contentImage.at(size);
    if (this.putsChromaBack) this.content = image;
    return this.started(image);
  }

  /** A start image as the run sees it. */
  started(image: FloatImage): FloatImage {
    return this.choice === 'luminance' ? toGrey(image) : image;
  }

  /** A style image of any size as the run sees it. */
  styled(style: SourceImage, image: FloatImage): FloatImage {
    const map = this.maps.get(style) ?? this.mapOf(style);
    this.maps.set(style, map);
    return map(image);
  }

  /** The picture as people see it, while the run is at the scale whose content was asked for last. */
  shown(painted: FloatImage): FloatImage {
    return this.content === undefined ? painted : keepChroma(painted, this.content);
  }

  /** The picture as it is saved. */
  async saved(painted: FloatImage): Promise<FloatImage> {
    return this.putsChromaBack ? keepChroma(painted, await this.contentImage.at(painted)) : painted;
  }

  private get putsChromaBack(): boolean {
    return this.choice === 'chroma' || this.choice === 'luminance';
  }

  private mapOf(style: SourceImage): (image: FloatImage) => FloatImage {
    switch (this.choice) {
      case 'match': {
        const map = matchingMap(style.colors, this.contentImage.colors);
        return image => mapColors(image, map);
      }
      case 'luminance': {
        const map = matchingLuma(style.colors, this.contentImage.colors);
        return image => toGrey(image, map);
      }
      case 'style':
      case 'chroma':
        return image => image;
    }
  }
}
