import sharp, { type Sharp } from 'sharp';
import { msg } from '../common/messages';
import { readBytes } from './file';
import { decodeFailure, type ImageHeader, readHeader } from './header';
import type { Interleaved } from './resample';
import { refuseSmall } from './size';
import { SourceImage } from './source';

/**
 * 16384 squared: above every camera that takes its picture in one shot (200 megapixels) and every WebP, while
 * the decoded pixels, 0.8 GB at 8 bits, still fit where images of that size are worked on.
 */
const defaultMaxPixels = 16384 ** 2;

export interface ReadOptions {
  /** Images that declare more pixels than this are refused before they are decoded. */
  readonly maxPixels?: number;
  /** Whether an image may have fewer pixels than the network needs. */
  readonly anySize?: boolean;
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
  { maxPixels = defaultMaxPixels, anySize = false }: ReadOptions = {},
): Promise<SourceImage> {
  const header = await readHeader(bytes, name, maxPixels);
  if (!anySize) refuseSmall(header, name);
  try {
    const pixels = await decodePixels(header, maxPixels);
    return new SourceImage(header.format, isTransparent(pixels), pixels);
  } catch (error) {
    throw decodeFailure(error, name, msg`${name} is damaged or incomplete.`);
  }
}

/**
 * libvips on its way to upright sRGB, of 8 or 16 bits. `failOn: 'error'` refuses files that are cut short and
 * forgives the harmless oddities that cameras write.
 */
async function openPixels(header: ImageHeader, maxPixels: number): Promise<Sharp> {
  const source = await header.open();
  if ('samples' in source) {
    const { width, height, channels, samples } = source;
    return sharp(samples, { raw: { width, height, channels }, limitInputPixels: maxPixels });
  }
  const image = sharp(source, { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true });
  if (header.bits === 8) return image.toColourspace('srgb');
  // sharp converts profiled 16-bit colours to Display P3 and leaves the rest to the output profile; without a
  // profile the same option would take sRGB for P3.
  const wide = image.toColourspace('rgb16');
  return header.profiled ? wide.withIccProfile('srgb') : wide;
}

async function decodePixels(header: ImageHeader, maxPixels: number): Promise<Interleaved> {
  const image = await openPixels(header, maxPixels);
  const { data, info } = await image
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
