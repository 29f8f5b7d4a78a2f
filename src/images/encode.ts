import sharp, { type Sharp } from 'sharp';
import { AtelierError } from '../common/errors';
import type { FloatImage, Size } from '../nst/image';
import { msg } from '../common/messages';
import { withoutPngTexts, withPngText } from './pngText';
import { keywordOf } from './recipe';
import { xmpPacket, type CarriedText, type CarriedTexts } from './xmp';

export interface EncodeOptions {
  readonly format: 'png' | 'jpeg' | 'webp';
  /** 1 to 100, for jpeg and webp; 92 by default. */
  readonly quality?: number;
  /** Opacity, height · width values: floats in [0, 1] or bytes. A JPEG, which has none, is put on white. */
  readonly alpha?: Float32Array | Uint8Array;
  /**
   * JSON text that travels with the image: see `recipeIn`. A JPEG has room for 60 kB; a longer recipe is left
   * out of it rather than failing the picture.
   */
  readonly recipe?: string;
}

/** The longest side that a format can have, in pixels. */
const longestSides: Readonly<Record<EncodeOptions['format'], number>> = {
  png: 2 ** 31 - 1,
  jpeg: 65_535,
  webp: 16_383,
};

/** Whether the format has room for the picture. */
export function isEncodable({ width, height }: Size, format: EncodeOptions['format']): boolean {
  return Math.max(width, height) <= longestSides[format];
}

/**
 * Refuses a picture that the format has no room for.
 * @param name the file, for the sentence of the error
 * @throws AtelierError `image-too-large`
 */
export function requireEncodable(size: Size, format: EncodeOptions['format'], name: string): void {
  if (isEncodable(size, format)) return;
  const { width, height } = size;
  const longest = longestSides[format];
  throw new AtelierError(
    'image-too-large',
    msg`${name} would be ${width} × ${height} pixels; a ${formatNames[format]} has at most ${longest} on a side.`,
    { next: msg`Save it as a PNG, or choose a smaller size.` },
  );
}

const formatNames = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP' } as const;

/** Encodes an image as a file of 8-bit sRGB; values are clamped to [0, 1] and rounded. */
export async function encodeImage(image: FloatImage, options: EncodeOptions): Promise<Buffer> {
  const { format, alpha, recipe } = options;
  requireEncodable(image, format, 'The picture');
  const output = openImage(image, alpha);
  const texts = recipe === undefined ? {} : { recipe };
  // Filters chosen line by line make paintings a fifth smaller.
  if (format === 'png') return withTexts(await output.png({ adaptiveFiltering: true }).toBuffer(), texts);
  return encodeLossy(output, { ...options, format }, texts);
}

/** A PNG of `encodeImage` in another format, and with other texts than it has; a PNG keeps its pixels as they are. */
export async function recodeImage(
  png: Buffer,
  options: Pick<EncodeOptions, 'format' | 'quality'>,
  texts: CarriedTexts,
): Promise<Buffer> {
  const { format } = options;
  return format === 'png'
    ? withTexts(withoutPngTexts(png), texts)
    : encodeLossy(sharp(png, { limitInputPixels: false }), { ...options, format }, texts);
}

function withTexts(png: Buffer, texts: CarriedTexts): Buffer {
  return Object.entries(texts).reduce(
    (image, [name, text]) =>
      text === undefined ? image : withPngText(image, keywordOf(name as CarriedText), text),
    png,
  );
}

function encodeLossy(
  output: Sharp,
  { format, quality = 92 }: Pick<EncodeOptions, 'quality'> & { readonly format: 'jpeg' | 'webp' },
  texts: CarriedTexts,
): Promise<Buffer> {
  // libvips leaves out an XMP packet that does not fit one segment of a JPEG.
  if (Object.keys(texts).length > 0) output.withXmp(xmpPacket(texts));
  return format === 'jpeg'
    ? output.flatten({ background: 'white' }).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer()
    : output.webp({ quality, smartSubsample: true }).toBuffer();
}

/** A FloatImage as 8-bit pixels in libvips, RGB or RGBA. */
export function openImage(image: FloatImage, alpha?: Float32Array | Uint8Array): Sharp {
  const { width, height, data } = image;
  const area = width * height;
  const channels = alpha ? 4 : 3;
  // A clamped array clamps, rounds and turns NaN into 0 as it is written.
  const samples = new Uint8ClampedArray(channels * area);
  const scale = alpha instanceof Uint8Array ? 1 : 255;
  for (let i = 0, to = 0; i < area; i++, to += channels) {
    samples[to] = data[i]! * 255;
    samples[to + 1] = data[area + i]! * 255;
    samples[to + 2] = data[2 * area + i]! * 255;
    if (alpha) samples[to + 3] = alpha[i]! * scale;
  }
  return sharp(samples, { raw: { width, height, channels }, limitInputPixels: false });
}
