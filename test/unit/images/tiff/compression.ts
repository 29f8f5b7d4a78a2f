import * as zlib from 'node:zlib';

/** The compressions of TIFF that keep bytes as they are, with their numbers in the file. */
export const compressions = {
  none: 1,
  lzw: 5,
  deflate: 8,
  packbits: 32773,
  'old deflate': 32946,
} as const;
export type Compression = keyof typeof compressions;

export function compress(bytes: Uint8Array, compression: Compression): Uint8Array {
  switch (compression) {
    case 'none':
      return bytes;
    case 'lzw':
      return lzw(bytes);
    case 'packbits':
      return packBits(bytes);
    default:
      return zlib.deflateSync(bytes);
  }
}

/** TIFF 6.0, section 9, without looking for the best split: runs of three and more, literals between them. */
function packBits(bytes: Uint8Array): Uint8Array {
  const packed: number[] = [];
  for (let at = 0; at < bytes.length;) {
    let run = 1;
    while (run < 128 && bytes[at + run] === bytes[at]) run++;
    if (run > 2) {
      packed.push(257 - run, bytes[at]!);
      at += run;
      continue;
    }
    let end = at;
    while (
      end < bytes.length &&
      end - at < 128 &&
      !(bytes[end] === bytes[end + 1] && bytes[end] === bytes[end + 2])
    )
      end++;
    packed.push(end - at - 1, ...bytes.subarray(at, end));
    at = end;
  }
  return Uint8Array.from(packed);
}

/** TIFF 6.0, section 13: codes of 9 to 12 bits, most significant bit first, each width left one code early. */
function lzw(bytes: Uint8Array): Uint8Array {
  const clear = 256;
  const packed: number[] = [];
  let held = 0;
  let count = 0;
  let table = new Map<string, number>();
  let width = 9;
  const put = (code: number) => {
    held = (held << width) | code;
    for (count += width; count >= 8; count -= 8) packed.push((held >> (count - 8)) & 255);
    held &= (1 << count) - 1;
  };
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : table.get(text)!);
  put(clear);
  let prefix = '';
  for (const byte of bytes) {
    const next = prefix + String.fromCharCode(byte);
    if (next.length === 1 || table.has(next)) {
      prefix = next;
      continue;
    }
    put(codeOf(prefix));
    table.set(next, 258 + table.size);
    if (table.size === 4094 - 258) {
      put(clear);
      table = new Map();
      width = 9;
    } else {
      width = Math.max(9, Math.floor(Math.log2(258 + table.size)) + 1);
    }
    prefix = String.fromCharCode(byte);
  }
  put(codeOf(prefix));
  width = Math.max(width, Math.floor(Math.log2(258 + table.size + 1)) + 1);
  put(257);
  if (count > 0) packed.push((held << (8 - count)) & 255);
  return Uint8Array.from(packed);
}
