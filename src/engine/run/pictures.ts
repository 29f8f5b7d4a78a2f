import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { readImage } from '../../images/decode';
import { fitLongestSide, smallestSide } from '../../images/size';
import type { SourceImage } from '../../images/source';
import type { Origins } from '../../jobs/origins';
import { locateStyle } from '../../recipe/swatches';
import type { Recipe } from '../../recipe/recipe';
import type { StyleImage } from '../../nst/styleImage';
import type { FloatImage, Size } from '../../nst/image';
import type { Sources } from '../../nst/stylize';
import type { Guidance } from '../../nst/regions/guidance';
import { withKept } from '../../nst/regions/kept';
import type { Mask } from '../../nst/regions/mask';
import type { RegionWeight } from '../../recipe/strengths';
import { Colors } from './colors';
import type { DecodedStyle } from './decodedStyle';
import { Regions } from './regions';

/** What of a recipe is about pictures. */
export type PictureRequest = Pick<
  Recipe,
  'content' | 'styles' | 'regions' | 'init' | 'size' | 'styleScale' | 'colors'
>;

/** What is kept of the content image, at one size. */
interface Kept {
  readonly content: FloatImage;
  readonly free: Mask;
}

/** The decoded pictures of a run, at whatever size it asks for. */
export class Pictures implements Sources {
  /** At the size whose guidance was asked for last. */
  private kept: Kept | undefined;

  private constructor(
    readonly contentImage: SourceImage,
    private readonly decodedStyles: readonly DecodedStyle[],
    /** Undefined where the whole picture is painted alike. */
    private readonly regions: Regions | undefined,
    private readonly startImage: SourceImage | undefined,
    /** Of the result. */
    readonly size: Size,
    private readonly styleScale: number,
    private readonly colors: Colors,
    /** What the images show, by the hashes of their pixels. */
    private readonly hashesOf: () => Omit<Origins, 'network'>,
  ) {}

  /**
   * Reads every image of a recipe.
   * @throws the errors of `readImage`, naming the file; `image-too-small` when the result would be; `mask-unusable`
   */
  static async read(request: PictureRequest): Promise<Pictures> {
    const { content, styles, init, size, styleScale, colors } = request;
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
    const regions = await regionsOf(request, contentImage, resultSize);
    const whole = await regions?.whole();
    const hashesOf = () => ({
      content: contentImage.hash,
      styles: decodedStyles.map(({ image }) => image.hash),
      ...(regions && { regions: [...regions.hashes] }),
      ...(startImage === undefined ? {} : { start: startImage.hash }),
    });
    return new Pictures(
      contentImage,
      whole ?? decodedStyles,
      whole === undefined ? regions : undefined,
      startImage,
      resultSize,
      styleScale,
      new Colors(colors, contentImage),
      hashesOf,
    );
  }

  get hashes(): Omit<Origins, 'network'> {
    return this.hashesOf();
  }

  /** The parts of the picture that are painted, where regions are told apart. */
  get parts(): readonly RegionWeight[] | undefined {
    return this.regions?.parts;
  }

  content(size: Size): Promise<FloatImage> {
    return this.colors.contentAt(size);
  }

  /** @param weights of the styles in their order, where they are not the recipe's; one of 0 is left out */
  styles(
    size: Size,
    styleScale = this.styleScale,
    weights?: readonly number[],
  ): Promise<readonly StyleImage[]> {
    const weighted = this.decodedStyles.map(({ image, weight }, i) => ({
      image,
      weight: weights === undefined ? weight : (weights[i] ?? 0),
    }));
    return Promise.all(
      weighted
        .filter(({ weight }) => weight > 0)
        .map(async ({ image, weight }) => ({ image: await this.styled(image, size, styleScale), weight })),
    );
  }

  async guidance(size: Size, styleScale = this.styleScale): Promise<Guidance | undefined> {
    if (this.regions === undefined) return undefined;
    const guidance = await this.regions.guidance(size, image => this.styled(image, size, styleScale));
    const { free } = guidance;
    this.kept = free && { content: await this.contentImage.at(size), free };
    return guidance;
  }

  async start(size: Size): Promise<FloatImage> {
    if (this.startImage === undefined) throw new AtelierError('internal', msg`the run has no start image`);
    return this.colors.started(await this.startImage.at(size));
  }

  /** The picture as people see it, while the run is at the scale whose sources were asked for last. */
  shown(painted: FloatImage): FloatImage {
    return keeping(this.colors.shown(painted), this.kept);
  }

  /** The picture as the network sees it, while the run is at that scale. */
  seen(painted: FloatImage): FloatImage {
    return keeping(painted, this.kept);
  }

  /** The picture as it is saved. */
  async saved(painted: FloatImage): Promise<FloatImage> {
    return this.withKept(await this.colors.saved(painted));
  }

  /** A picture of any size, with what is kept of the content image. */
  async withKept(painted: FloatImage): Promise<FloatImage> {
    const free = await this.regions?.free(painted);
    return keeping(painted, free && { content: await this.contentImage.at(painted), free });
  }

  private async styled(image: SourceImage, size: Size, styleScale: number): Promise<FloatImage> {
    return this.colors.styled(image, await image.at(styleSize(image, size, styleScale)));
  }
}

/** The picture with what is kept of the content image. */
function keeping(painted: FloatImage, kept: Kept | undefined): FloatImage {
  if (kept === undefined) return painted;
  return { ...painted, data: withKept(painted.data, kept.content.data, kept.free) };
}

async function regionsOf(
  { content, regions = [] }: PictureRequest,
  image: SourceImage,
  size: Size,
): Promise<Regions | undefined> {
  return regions.length === 0 ? undefined : Regions.read(regions, { image, name: content }, size);
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
