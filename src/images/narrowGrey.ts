import sharp from 'sharp';
import { plainTiff } from './tiff/write';

/**
 * Grey of 16 bits with a profile, as a TIFF of 8 bits: sharp applies no profile to 16 bits of grey, and grey without
 * its profile is too dark or too light by far more than the bits below.
 */
export async function narrowGrey(bytes: Buffer): Promise<Buffer> {
  const { icc: profile, orientation = 1 } = await sharp(bytes).metadata();
  const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: false, ignoreIcc: true })
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const wide = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  const samples = Uint8Array.from(wide, v => Math.round(v / 257));
  return plainTiff({ width, height, channels, colours: 1, photometric: 1, samples, orientation, profile });
}
