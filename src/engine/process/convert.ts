import { readImage } from '../../images/decode';
import { encodeImage } from '../../images/encode';
import { writeFailed } from '../../common/fileError';
import { writeAtomically } from '../../common/atomicFile';
import { outputFormat } from '../../jobs/output';
import type { Size } from '../../nst/image';

/**
 * Writes an image in another format or size.
 * @param to its ending chooses png, jpg or webp; an existing file is replaced
 * @param side limits the longest side; 0 keeps the size
 * @throws the errors of `readImage`; `usage` for another ending; `write-failed`
 */
export async function convert(image: string, to: string, side: number): Promise<Size> {
  const source = await readImage(image);
  const shrink = side === 0 ? 1 : Math.min(1, side / Math.max(source.width, source.height));
  const size = {
    width: Math.max(1, Math.round(source.width * shrink)),
    height: Math.max(1, Math.round(source.height * shrink)),
  };
  const alpha = await source.alphaAt(size);
  const bytes = await encodeImage(await source.at(size), {
    format: outputFormat(to),
    ...(alpha === undefined ? {} : { alpha }),
  });
  try {
    writeAtomically(to, [bytes]);
  } catch (error) {
    throw writeFailed(to, error);
  }
  return size;
}
