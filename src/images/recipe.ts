import { promises as fs } from 'node:fs';
import { formatOf } from './format';
import { pngText, type ReadAt } from './pngText';
import { jpegText, webpText, type CarriedText } from './xmp';

/** Keyword of the chunk of a PNG in which a result carries a text. */
export const keywordOf = (name: CarriedText): string => `atelier:${name}`;

/**
 * The recipe (JSON text, not validated) that a result carries: in a PNG as text, in a JPEG or WebP as XMP.
 * Reads headers only, whatever the size of the image. Undefined for every image without one, and for a file
 * that is missing, broken or no image: asking is always safe.
 */
export function recipeIn(image: string | Buffer): Promise<string | undefined> {
  return carriedText(image, 'recipe');
}

/** `recipeIn` for any text that a result carries. */
export async function carriedText(image: string | Buffer, name: CarriedText): Promise<string | undefined> {
  if (typeof image !== 'string') {
    return find((position, length) => Promise.resolve(image.subarray(position, position + length)), name);
  }
  try {
    if (!(await fs.stat(image)).isFile()) return undefined;
    const handle = await fs.open(image);
    try {
      const { size } = await handle.stat();
      return await find(async (position, length) => {
        const room = Math.max(0, Math.min(length, size - position));
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(room), 0, room, position);
        return buffer.subarray(0, bytesRead);
      }, name);
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

async function find(readAt: ReadAt, name: CarriedText): Promise<string | undefined> {
  switch (formatOf(await readAt(0, 32))) {
    case 'png':
      return pngText(readAt, keywordOf(name));
    case 'jpeg':
      return jpegText(readAt, name);
    case 'webp':
      return webpText(readAt, name);
    default:
      return undefined;
  }
}
