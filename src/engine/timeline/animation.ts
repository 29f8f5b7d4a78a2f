import sharp from 'sharp';
import type { Film } from './film';

/** The film as an animated WebP or GIF that begins anew when it is over. */
export function encodeAnimation(
  { width, height, pictures, delay, hold }: Film,
  format: 'webp' | 'gif',
): Promise<Buffer> {
  // One above the other: what libvips takes for the pages of one picture.
  const pages = sharp(Buffer.concat(pictures), {
    raw: { width, height: height * pictures.length, channels: 3, pageHeight: height },
    limitInputPixels: false,
  });
  const times = {
    loop: 0,
    delay: pictures.map((_, index) => delay + (index === pictures.length - 1 ? hold : 0)),
  };
  return format === 'webp'
    ? pages.webp({ ...times, quality: 80, effort: 3 }).toBuffer()
    : pages.gif({ ...times, effort: 5 }).toBuffer();
}
