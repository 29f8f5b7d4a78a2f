import sharp, { type Sharp } from 'sharp';
import { AtelierError } from '../errors';
import { phrase, type Phrase } from '../phrase';
import type { Size } from '../nst/image';
import { bitmapHeader, decodeBitmap } from './bmp';
import { readBytes } from './file';
import { contentOf, formatOf, type ImageFormat, imageFormats } from './format';
import type { Interleaved } from './resample';
import { refuseSmall } from './size';
import { SourceImage } from './source';

/**
 * 16384 squared: above every camera that takes its picture in one shot (200 megapixels) and every WebP, while
 * the decoded pixels, 0.8 GB at 8 bits, still fit where images of that size are worked on.
 */
export const defaultMaxPixels = 16384 ** 2;

export interface ReadOptions {
  /** Images that declare more pixels than this are refused before they are decoded. */
  readonly maxPixels?: number;
}

/**
 * Reads a jpeg, png, webp, avif, gif (first frame), tiff or bmp, whatever its name: upright by its EXIF
 * orientation, converted to sRGB by its profile (CMYK without one as SWOP), grey and palette as RGB, 16 bits
 * kept, alpha apart. SVG is refused: a drawing has no pixels, and rendering it would depend on installed fonts.
 *
 * @throws AtelierError `file-missing`, `file-unreadable`, `image-empty`, `image-unsupported`, `image-corrupt`
 * (damaged or cut short), `image-too-large`, `image-too-small` (under 16 pixels), `out-of-memory`
 */
export async function readImage(file: string, options: ReadOptions = {}): Promise<SourceImage> {
  return decodeImage(await readBytes(file), file, options);
}

/** `readImage` for bytes in memory; `name` stands in the sentences of errors. */
export async function decodeImage(
  bytes: Buffer,
  name: string,
  { maxPixels = defaultMaxPixels }: ReadOptions = {},
): Promise<SourceImage> {
  const header = await readHeader(bytes, name, maxPixels);
  refuseSmall(header, name);
  try {
    const pixels = await decodePixels(bytes, header, maxPixels);
    return new SourceImage(header.format, isTransparent(pixels), pixels);
  } catch (error) {
    throw decodeFailure(name, phrase`damaged or cut short`, error);
  }
}

/** What the header of an image says; the size is as stored, before its orientation is applied. */
export interface ImageHeader extends Size {
  readonly format: ImageFormat;
  /** Bits a sample that the image is worth: 8, or more for those that are decoded to 16. */
  readonly bits: number;
  /** Whether 16-bit colours carry a profile. */
  readonly profiled: boolean;
}

/**
 * Reads the header and nothing else, so that a bomb costs nothing.
 *
 * @throws AtelierError `image-unsupported`, `image-corrupt`, `image-too-large`
 */
export async function readHeader(bytes: Buffer, name: string, maxPixels: number): Promise<ImageHeader> {
  const format = formatOf(bytes);
  if (format === undefined) {
    throw new AtelierError(
      'image-unsupported',
      phrase`${name} is not an image: it holds ${contentOf(bytes)}.`,
      {
        next: phrase`Use one of ${imageFormats.join(', ')}.`,
      },
    );
  }
  let header: ImageHeader;
  try {
    header = format === 'bmp' ? bitmap(bytes) : await libvipsHeader(bytes, format, name);
  } catch (error) {
    throw decodeFailure(name, phrase`damaged: its header cannot be read`, error);
  }
  const { width, height } = header;
  if (width * height > maxPixels) {
    throw new AtelierError(
      'image-too-large',
      phrase`${name} is ${width} × ${height} pixels (${megapixels(width * height)}); the limit is ${megapixels(maxPixels)}.`,
      { next: phrase`Make a smaller copy with an image editor first.` },
    );
  }
  return header;
}

function bitmap(bytes: Buffer): ImageHeader {
  const { width, height } = bitmapHeader(bytes);
  return { format: 'bmp', width, height, bits: 8, profiled: false };
}

async function libvipsHeader(bytes: Buffer, format: ImageFormat, name: string): Promise<ImageHeader> {
  const meta = await sharp(bytes, { limitInputPixels: false, limitInputChannels: 0 }).metadata();
  if (!['uchar', 'ushort', 'float'].includes(meta.depth) || meta.channels > 5) {
    throw new AtelierError(
      'image-unsupported',
      phrase`${name} has ${meta.channels} channels of ${meta.depth} samples: not a picture.`,
      { next: phrase`Save it with 8 or 16 bits a channel.` },
    );
  }
  const bits = meta.depth === 'uchar' ? 8 : format === 'avif' ? (meta.bitsPerSample ?? 16) : 16;
  const profiled = meta.hasProfile && meta.space === 'rgb16';
  return { format, width: meta.width, height: meta.height, bits, profiled };
}

/**
 * libvips on its way to upright sRGB, of 8 or 16 bits. `failOn: 'error'` refuses files that are cut short and
 * forgives the harmless oddities that cameras write.
 */
export function openPixels(bytes: Buffer, header: ImageHeader, maxPixels: number): Sharp {
  if (header.format === 'bmp') {
    const { width, height, channels, samples } = decodeBitmap(bytes);
    return sharp(samples, { raw: { width, height, channels }, limitInputPixels: maxPixels });
  }
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true });
  if (header.bits === 8) return image.toColourspace('srgb');
  // sharp converts profiled 16-bit colours to Display P3 and leaves the rest to the output profile; without a
  // profile the same option would take sRGB for P3.
  const wide = image.toColourspace('rgb16');
  return header.profiled ? wide.withIccProfile('srgb') : wide;
}

async function decodePixels(bytes: Buffer, header: ImageHeader, maxPixels: number): Promise<Interleaved> {
  const { data, info } = await openPixels(bytes, header, maxPixels)
    .raw({ depth: header.bits === 8 ? 'uchar' : 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 3 && channels !== 4) throw new Error(`it has ${channels} channels`);
  if (header.bits === 8) return { width, height, channels, samples: data };
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  // libvips shifts 10 and 12 bits up to 16; repeating the highest bits below makes white white again.
  if (header.bits < 16) for (let i = 0; i < samples.length; i++) samples[i]! |= samples[i]! >> header.bits;
  return { width, height, channels, samples };
}

function isTransparent({ channels, samples }: Interleaved): boolean {
  if (channels !== 4) return false;
  const opaque = samples instanceof Uint16Array ? 65535 : 255;
  for (let i = 3; i < samples.length; i += 4) if (samples[i] !== opaque) return true;
  return false;
}

export function decodeFailure(name: string, what: Phrase, cause: unknown): AtelierError {
  if (cause instanceof AtelierError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/out of memory|could not allocate|allocation failed/i.test(message)) {
    return new AtelierError('out-of-memory', phrase`${name} does not fit into memory.`, {
      next: phrase`Make a smaller copy with an image editor first.`,
      cause,
    });
  }
  const reason = message
    .split('\n')
    .map(line => line.replace(/^Input buffer has corrupt header:/, '').trim())
    .find(line => line !== '' && !line.startsWith('source: bad seek'));
  return new AtelierError(
    'image-corrupt',
    reason ? phrase`${name} is ${what} (${reason}).` : phrase`${name} is ${what}.`,
    {
      next: phrase`Copy or export the image again.`,
      cause,
    },
  );
}

function megapixels(pixels: number): Phrase {
  return pixels < 1e7 ? phrase`${pixels} pixels` : phrase`${Math.round(pixels / 1e6)} megapixels`;
}
