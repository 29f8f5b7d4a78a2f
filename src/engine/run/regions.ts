import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { readImage } from '../../images/decode';
import { readMask } from '../../images/mask';
import type { SourceImage } from '../../images/source';
import type { RegionOrigins } from '../../jobs/origins';
import type { StyleImage } from '../../nst/styleImage';
import type { FloatImage, Size } from '../../nst/image';
import type { Guidance } from '../../nst/regions/guidance';
import { sumOf, type Mask } from '../../nst/regions/mask';
import { partition, type Partition } from '../../nst/regions/partition';
import { REST } from '../../nst/terms/term';
import { isStyled, type Region } from '../../recipe/region';
import type { RegionWeight } from '../../recipe/strengths';
import { locateStyle } from '../../recipe/swatches';
import type { DecodedStyle } from './decodedStyle';

/** A region with its images decoded. */
interface DecodedRegion {
  /** From 1, in the order of the recipe. */
  readonly number: number;
  readonly name: string;
  readonly mask: SourceImage;
  /** None: it is kept. */
  readonly styles: readonly DecodedStyle[];
  readonly weight: number;
  readonly styleMask?: SourceImage;
}

/** The content image, and what it is called. */
export interface Content {
  readonly image: SourceImage;
  readonly name: string;
}

/** Fewer pixels are nothing of a picture. */
const LEAST_PIXELS = 16;

/** The regions of a recipe at any size of the picture. */
export class Regions {
  /** The parts that are painted, with what their styles count: of the rest only where there is any. */
  readonly parts: readonly RegionWeight[];

  private constructor(
    private readonly content: SourceImage,
    private readonly regions: readonly DecodedRegion[],
    { rest }: Partition,
  ) {
    const styled = regions.filter(({ styles }) => styles.length > 0);
    this.parts = [
      ...(sumOf(rest) < LEAST_PIXELS ? [] : [{ number: REST, weight: 1 }]),
      ...styled.map(({ number, weight }) => ({ number, weight })),
    ];
  }

  /**
   * Reads the images of regions, and sees that they leave something to paint.
   * @param size of the result
   * @throws `mask-unusable`, and the errors of `readImage`, naming the file
   */
  static async read(regions: readonly Region[], content: Content, size: Size): Promise<Regions> {
    const decoded = await Promise.all(regions.map((region, index) => decode(region, index + 1, content)));
    const parts = await partitionAt(size, content.image, decoded);
    await requirePaintable(decoded, parts, size);
    return new Regions(content.image, decoded, parts);
  }

  /** What the images show, in the order of the recipe. */
  get hashes(): readonly RegionOrigins[] {
    return this.regions.map(({ mask, styles, styleMask }) => ({
      mask: mask.hash,
      styles: styles.map(({ image }) => image.hash),
      ...(styleMask && { styleMask: styleMask.hash }),
    }));
  }

  /** The styles of a region that is all there is, to be painted as if they were those of the recipe. */
  async whole(): Promise<readonly DecodedStyle[] | undefined> {
    const [region, ...more] = this.regions;
    if (region === undefined || more.length > 0 || region.styles.length === 0) return undefined;
    const { mask, styles, weight, styleMask } = region;
    if (weight !== 1 || styleMask !== undefined || this.content.hasAlpha) return undefined;
    const { data } = await mask.maskAt(mask);
    return data.every(value => value === 1) ? styles : undefined;
  }

  /** @param styled brings a style image to the size, and into the colours, that it is looked at in */
  async guidance(size: Size, styled: (image: SourceImage) => Promise<FloatImage>): Promise<Guidance> {
    const { rest, styled: masks, free } = await partitionAt(size, this.content, this.regions);
    const painted = this.regions.filter(({ styles }) => styles.length > 0);
    return {
      rest,
      regions: await Promise.all(
        painted.map(async ({ number, styles, styleMask }, index) => ({
          number,
          mask: masks[index]!,
          styles: await Promise.all(styles.map(style => styleImage(style, styleMask, styled))),
        })),
      ),
      ...(free && { free }),
    };
  }

  /** How much of each pixel is painted; undefined where nothing is kept. */
  async free(size: Size): Promise<Mask | undefined> {
    return (await partitionAt(size, this.content, this.regions)).free;
  }
}

async function styleImage(
  { image, weight }: DecodedStyle,
  styleMask: SourceImage | undefined,
  styled: (image: SourceImage) => Promise<FloatImage>,
): Promise<StyleImage> {
  const seen = await styled(image);
  return { image: seen, weight, ...(styleMask && { mask: await styleMask.maskAt(seen) }) };
}

async function decode(region: Region, number: number, content: Content): Promise<DecodedRegion> {
  const { width, height } = content.image;
  const mask = await readMask(region.mask, { width, height, name: content.name });
  const decoded = { number, name: region.mask, mask };
  if (!isStyled(region)) return { ...decoded, styles: [], weight: 1 };
  const styles = await Promise.all(
    region.styles.map(async ({ image, weight }) => ({ weight, image: await readImage(locateStyle(image)) })),
  );
  const { weight, styleMask } = region;
  if (styleMask === undefined) return { ...decoded, styles, weight };
  const [{ image }] = styles as [DecodedStyle];
  const shown = await readMask(styleMask, {
    width: image.width,
    height: image.height,
    name: region.styles[0]!.image,
  });
  requireNotBlack(await shown.maskAt(image), styleMask);
  return { ...decoded, styles, weight, styleMask: shown };
}

async function partitionAt(
  size: Size,
  content: SourceImage,
  regions: readonly DecodedRegion[],
): Promise<Partition> {
  const masks = await Promise.all(regions.map(({ mask }) => mask.maskAt(size)));
  const alpha = await content.alphaAt(size);
  return partition(size, {
    styled: masks.filter((_, index) => regions[index]!.styles.length > 0),
    kept: masks.filter((_, index) => regions[index]!.styles.length === 0),
    ...(alpha && { opacity: { ...size, data: alpha } }),
  });
}

/** @throws `mask-unusable` for what leaves a region, or the whole picture, without a pixel to paint */
async function requirePaintable(
  regions: readonly DecodedRegion[],
  { rest, styled }: Partition,
  size: Size,
): Promise<void> {
  for (const { mask, name } of regions) requireNotBlack(await mask.maskAt(size), name);
  if ([rest, ...styled].every(mask => sumOf(mask) < LEAST_PIXELS))
    throw new AtelierError(
      'mask-unusable',
      msg`There is nothing to paint: kept regions cover the whole image.`,
      {
        next: msg`Make a mask of a kept region smaller.`,
      },
    );
  const painted = regions.filter(({ styles }) => styles.length > 0);
  const hidden = painted.find((_, index) => sumOf(styled[index]!) < LEAST_PIXELS);
  if (hidden === undefined) return;
  throw new AtelierError('mask-unusable', msg`Kept regions cover the whole region of ${hidden.name}.`, {
    next: msg`Leave the region out, or make a mask of a kept region smaller.`,
  });
}

function requireNotBlack(mask: Mask, name: string): void {
  if (sumOf(mask) >= LEAST_PIXELS) return;
  throw new AtelierError('mask-unusable', msg`${name} is black: a mask must be white where its region is.`, {
    next: msg`Invert it, or paint the region white.`,
  });
}
