import { inflateSync } from 'node:zlib';
import { buf as crc32 } from 'crc-32';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** The signature and IHDR, which is always first and always 25 bytes long. */
const afterHeader = signature.length + 25;
/** Longer texts are not ours; nothing is allocated for them. */
const longestText = 16 * 2 ** 20;

/** Reads `length` bytes at `position` of a file or buffer, fewer where it ends. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>;

/**
 * Puts a text into a PNG as an uncompressed iTXt chunk (UTF-8), right behind the header, where it is found
 * without reading the pixels.
 *
 * @param png a well-formed PNG
 * @param keyword 1 to 79 Latin-1 characters
 */
export function withPngText(png: Buffer, keyword: string, text: string): Buffer {
  // Keyword, no compression, no language, no translated keyword.
  const payload = Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]);
  const chunk = Buffer.alloc(12 + payload.length);
  chunk.writeUInt32BE(payload.length, 0);
  chunk.write('iTXt', 4, 'latin1');
  payload.copy(chunk, 8);
  chunk.writeInt32BE(crc32(chunk.subarray(4, 8 + payload.length)), 8 + payload.length);
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}

/**
 * A PNG without the texts of `withPngText`, whatever their keywords: the iTXt chunks right behind the header.
 * @param png a well-formed PNG
 */
export function withoutPngTexts(png: Buffer): Buffer {
  let end = afterHeader;
  while (png.toString('latin1', end + 4, end + 8) === 'iTXt') end += 12 + png.readUInt32BE(end);
  return Buffer.concat([png.subarray(0, afterHeader), png.subarray(end)]);
}

/**
 * The first iTXt of this keyword in a PNG, wherever other programs have moved it and whether or not they have
 * compressed it. Reads chunk headers and skips what they head. Undefined for anything that is no PNG, has no
 * such text, or is broken before or in it.
 */
export async function pngText(readAt: ReadAt, keyword: string): Promise<string | undefined> {
  if (!(await readAt(0, signature.length)).equals(signature)) return undefined;
  const prefix = Buffer.from(`${keyword}\0`, 'latin1');
  for (let at = signature.length; ;) {
    const head = await readAt(at, 8 + prefix.length);
    if (head.length < 8) return undefined;
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    if (type === 'IEND' || length >= 2 ** 31) return undefined;
    if (type === 'iTXt' && length <= longestText && head.subarray(8).equals(prefix)) {
      const chunk = await readAt(at + 4, 4 + length + 4);
      if (chunk.length < length + 8) return undefined;
      if (crc32(chunk.subarray(0, 4 + length)) !== chunk.readInt32BE(4 + length)) return undefined;
      return textOf(chunk.subarray(4 + prefix.length, 4 + length));
    }
    at += 12 + length;
  }
}

/** Text of an iTXt behind its keyword: compression flag and method, language, translated keyword, text. */
function textOf(payload: Buffer): string | undefined {
  const languageEnd = payload.indexOf(0, 2);
  const translatedEnd = languageEnd < 0 ? -1 : payload.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return undefined;
  const text = payload.subarray(translatedEnd + 1);
  if (payload[0] === 0) return text.toString('utf8');
  try {
    return inflateSync(text, { maxOutputLength: longestText }).toString('utf8');
  } catch {
    return undefined;
  }
}
