import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { readImage } from '../../images/decode';
import { fitLongestSide, smallestSide } from '../../images/size';
import type { SourceImage } from '../../images/source';
import type { Origins } from '../../jobs/origins';
import { locateStyle } from '../../recipe/swatches';
import type { Recipe } from '../../recipe/recipe';
import type { StyleImage } from '../../nst/executor';
import type { FloatImage, Size } from '../../nst/image';
import type { Sources } from '../../nst/stylize';
import { Colors } from './colors';

/** A decoded style and its share of the blend. */
interface DecodedStyle {
  readonly image: SourceImage;
  readonly weight: number;
}

/** What of a recipe is about pictures. */
export type PictureRequest = Pick<Recipe, 'content' | 'styles' | 'init' | 'size' | 'styleScale' | 'colors'>;

/** The decoded pictures of a run, at whatever size it asks for. */
export class Pictures implements Sources {
  private constructor(
    readonly contentImage: SourceImage,
    private readonly decodedStyles: readonly DecodedStyle[],
    private readonly startImage: SourceImage | undefined,
    /** Of the result. */
    readonly size: Size,
    private readonly styleScale: number,
    private readonly colors: Colors,
  ) {}

  /**
   * Reads every image of a recipe.
   * @throws the errors of `readImage`, naming the file; `image-too-small` when the result would be
   */
  static async read({ content, styles, init, size, styleScale, colors }: PictureRequest): Promise<Pictures> {
    const [contentImage, startImage, ...styleImages] = await Promise.all([
      readImage(content),
      init === 'content' || init === 'noise' ? undefined : readImage(init),
      ...styles.map(({ image }) => readImage(locateStyle(image))),
    ]);
    const decodedStyles = styleImages.map((image, index) => {
      const weight = styles[index]?.weight;
      if (weight === undefined) throw new AtelierError('internal', msg`a style has no weight`);
      return { image, weight };
    });
    const resultSize = fitLongestSide(contentImage, size, { name: content });
    return new Pictures(
      contentImage,
      decodedStyles,
      startImage,
      resultSize,
      styleScale,
      new Colors(colors, contentImage),
    );
  }

  /** What the images show, by the hashes of their pixels. */
  get hashes(): Omit<Origins, 'network'> {
    return {
      content: this.contentImage.hash,
      styles: this.decodedStyles.map(({ image }) => image.hash),
      ...(this.startImage === undefined ? {} : { start: this.startImage.hash }),
    };
  }

  content(size: Size): Promise<FloatImage> {
    return this.colors.contentAt(size);
  }

  styles(size: Size, styleScale = this.styleScale): Promise<readonly StyleImage[]> {
    return Promise.all(
      this.decodedStyles.map(async ({ image, weight }) => ({
        image: this.colors.styled(image, await image.at(styleSize(image, size, styleScale))),
        weight,
      })),
    );
  }

  async start(size: Size): Promise<FloatImage> {
    if (this.startImage === undefined) throw new AtelierError('internal', msg`the run has no start image`);
    return this.colors.started(await this.startImage.at(size));
  }

  /** The picture as people see it, while the run is at the scale whose content was asked for last. */
  shown(painted: FloatImage): FloatImage {
    return this.colors.shown(painted);
  }

  /** The picture as it is saved. */
  saved(painted: FloatImage): Promise<FloatImage> {
    return this.colors.saved(painted);
  }
}

/**
 * Size of a style image for a picture of the given size: its longest side is `scale` times the picture's, never more
 * than it has, and never so small that the network sees nothing.
 */
export function styleSize(style: Size, picture: Size, scale: number): Size {
  const own = Math.max(style.width, style.height);
  const wanted = Math.round(scale * Math.max(picture.width, picture.height));
  const least = Math.ceil((smallestSide * own) / Math.min(style.width, style.height));
  return fitLongestSide(style, Math.min(own, Math.max(wanted, least)));
}
