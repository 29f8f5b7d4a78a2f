import sharp from 'sharp';
import { AtelierError } from '../common/errors';
import type { Size } from '../nst/image';
import { msg, type Message } from '../common/messages';
import { avifColours, openAvif } from './avif/open';
import { type BitmapPixels, bitmapHeader, decodeBitmap } from './bmp';
import { contentOf, formatOf, type ImageFormat, imageFormats } from './format';
import { refuseRareJpeg } from './jpeg';
import { narrowGrey } from './narrowGrey';
import { withPngProfile } from './png';
import { blackIsZero, rgb, tiffCoding, whiteIsZero } from './tiff/coding';
import { tags } from './tiff/directory';
import { openTiff, tiffBits } from './tiff/open';
import { unsupported } from './unsupported';
import { isOutOfMemory } from '../common/outOfMemory';

/** What the header of an image says; the size is as stored, before its orientation is applied. */
export interface ImageHeader extends Size {
  readonly format: ImageFormat;
  /** Bits a sample that the image is worth: 8, or more for those that are decoded to 16. */
  readonly bits: number;
  /** Whether 16-bit colours carry a profile. */
  readonly profiled: boolean;
  /** The file as libvips reads it rightly, which may be another one, or pixels that are decoded already. */
  readonly open: () => Promise<Buffer | BitmapPixels>;
}

/**
 * Reads the header and nothing else, so that a bomb costs nothing.
 *
 * @throws AtelierError `image-unsupported`, `image-corrupt`, `image-too-large`
 */
export async function readHeader(bytes: Buffer, name: string, maxPixels: number): Promise<ImageHeader> {
  const format = formatOf(bytes);
  if (format === undefined) {
    throw new AtelierError('image-unsupported', msg`${name} is not an image: it holds ${contentOf(bytes)}.`, {
      next: msg`Use one of ${imageFormats.join(', ')}.`,
    });
  }
  let header: ImageHeader;
  try {
    header = await headerIn(bytes, format, name);
  } catch (error) {
    throw decodeFailure(error, name, msg`${name} is damaged: its header cannot be read.`);
  }
  const { width, height } = header;
  if (width * height > maxPixels) {
    throw new AtelierError(
      'image-too-large',
      msg`${name} is ${width} × ${height} pixels (${megapixels(width * height)}); the limit is ${megapixels(maxPixels)}.`,
      { next: msg`Make a smaller copy with an image editor first.` },
    );
  }
  return header;
}

function headerIn(bytes: Buffer, format: ImageFormat, name: string): ImageHeader | Promise<ImageHeader> {
  switch (format) {
    case 'bmp':
      return bitmap(bytes, name);
    case 'tiff':
      return tiff(bytes, name);
    case 'avif':
      return avif(bytes, name);
    case 'png':
      return libvipsHeader(withPngProfile(bytes, name), format);
    case 'jpeg':
      refuseRareJpeg(bytes, name);
      return libvipsHeader(bytes, format);
    default:
      return libvipsHeader(bytes, format);
  }
}

function bitmap(bytes: Buffer, name: string): ImageHeader {
  const { width, height } = bitmapHeader(bytes, name);
  const open = () => Promise.resolve(decodeBitmap(bytes, name));
  return { format: 'bmp', width, height, bits: 8, profiled: false, open };
}

function tiff(bytes: Buffer, name: string): ImageHeader {
  const coding = tiffCoding(bytes, name);
  const { width, height, directory, photometric } = coding;
  const bits = tiffBits(coding);
  const profiled = bits === 16 && directory.bytes(tags.profile) !== undefined;
  const header = { format: 'tiff', width, height } as const;
  if (profiled && (photometric === blackIsZero || photometric === whiteIsZero)) {
    const open = async () => narrowGrey(await openTiff(coding, name));
    return { ...header, bits: 8, profiled: false, open };
  }
  return { ...header, bits, profiled: profiled && photometric === rgb, open: () => openTiff(coding, name) };
}

async function avif(bytes: Buffer, name: string): Promise<ImageHeader> {
  const colours = avifColours(bytes, name);
  const header = await libvipsHeader(colours.bytes, 'avif');
  const coded = header.profile ? ({ kind: 'srgb' } as const) : colours.coded;
  if (coded.kind === 'unsupported') throw unsupported(name, coded.what);
  if (coded.kind === 'srgb' && !colours.limitedGrey) return header;
  return {
    ...header,
    bits: header.bits === 8 ? 8 : 16,
    profiled: header.bits > 8 && (coded.kind === 'other' || header.profile !== undefined),
    open: () => openAvif({ ...colours, coded }, header.bits, header.profile),
  };
}

async function libvipsHeader(
  bytes: Buffer,
  format: ImageFormat,
): Promise<ImageHeader & { readonly profile: Buffer | undefined }> {
  const meta = await sharp(bytes, { limitInputPixels: false, limitInputChannels: 0 }).metadata();
  const { width, height, icc: profile } = meta;
  const bits = meta.depth === 'uchar' ? 8 : format === 'avif' ? (meta.bitsPerSample ?? 16) : 16;
  const profiled = profile !== undefined && meta.space === 'rgb16';
  const header = { format, width, height, profiled, profile };
  if (profile !== undefined && meta.space === 'grey16')
    return { ...header, bits: 8, open: () => narrowGrey(bytes) };
  return { ...header, bits, open: () => Promise.resolve(bytes) };
}

/** What is thrown for a failure of a decoder, whose own words stay in the cause. */
export function decodeFailure(cause: unknown, name: string, sentence: Message): AtelierError {
  if (cause instanceof AtelierError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (isOutOfMemory(message)) {
    return new AtelierError('out-of-memory', msg`${name} does not fit into memory.`, {
      next: msg`Make a smaller copy with an image editor first.`,
      cause,
    });
  }
  return new AtelierError('image-corrupt', sentence, {
    next: msg`Copy or export the image again.`,
    cause,
  });
}

function megapixels(pixels: number): Message {
  return pixels < 1e7 ? msg`${pixels} pixels` : msg`${Math.round(pixels / 1e6)} megapixels`;
}
