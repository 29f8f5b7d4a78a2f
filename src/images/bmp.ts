import type { Size } from '../nst/image';
import { msg } from '../common/messages';
import { unsupported } from './unsupported';

/** The pixels of a Windows bitmap: interleaved RGB or RGBA, 8 bits a sample, rows from the top. */
export interface BitmapPixels extends Size {
  readonly channels: 3 | 4;
  readonly samples: Uint8Array;
}

interface BitmapHeader extends Size {
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  /** Where the palette starts, its number of colours and the bytes of each. */
  readonly palette: { readonly at: number; readonly colours: number; readonly bytes: 3 | 4 };
  readonly pixelsAt: number;
  /** Bits of red, green, blue and alpha in a pixel of 16 or 32 bits. */
  readonly masks: readonly [number, number, number, number];
}

const rgb = 0;
const runs8 = 1;
const runs4 = 2;
const fields = 3;
const alphaFields = 6;

/**
 * Reads the header of a BMP: OS/2 1.x, Windows 3 to V5; 1, 4, 8, 16, 24 and 32 bits, bit fields, RLE4 and RLE8.
 * Profiles embedded in V5 headers are ignored: hardly any program writes them.
 *
 * @throws AtelierError `image-unsupported` for a coding of other kinds
 * @throws Error saying what is wrong with it
 */
export function bitmapHeader(bytes: Buffer, name: string): BitmapHeader {
  if (bytes.length < 26) throw new Error('the header is cut short');
  const length = bytes.readUInt32LE(14);
  const core = length === 12;
  if (bytes.length < 14 + length) throw new Error('the header is cut short');
  const width = core ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const rows = core ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  const bits = bytes.readUInt16LE(core ? 24 : 28);
  const compression = core ? rgb : bytes.readUInt32LE(30);
  const possible: Record<number, readonly number[]> = {
    [rgb]: [1, 4, 8, 16, 24, 32],
    [runs8]: [8],
    [runs4]: [4],
    [fields]: [16, 32],
    [alphaFields]: [16, 32],
  };
  if (width <= 0 || rows === 0) throw new Error(`its size is ${width} × ${rows}`);
  if (!possible[compression]?.includes(bits))
    throw unsupported(name, msg`BMP of ${bits} bits with compression ${compression}`);
  const explicit = compression === fields || compression === alphaFields;
  const hasAlpha = explicit && (length >= 56 || compression === alphaFields);
  // Behind the 40-byte header the masks follow it; in the longer ones they are part of it, at the same place.
  const outside = length === 40 && explicit ? (hasAlpha ? 16 : 12) : 0;
  if (bytes.length < 14 + length + outside) throw new Error('the header is cut short');
  const mask = (i: number) => bytes.readUInt32LE(54 + 4 * i);
  const usual = bits === 16 ? ([0x7c00, 0x3e0, 0x1f, 0] as const) : ([0xff0000, 0xff00, 0xff, 0] as const);
  return {
    width,
    height: Math.abs(rows),
    topDown: rows < 0,
    bits,
    compression,
    palette: {
      at: 14 + length + outside,
      colours: bits > 8 ? 0 : core ? 2 ** bits : Math.min(bytes.readUInt32LE(46) || 2 ** bits, 2 ** bits),
      bytes: core ? 3 : 4,
    },
    pixelsAt: bytes.readUInt32LE(10),
    masks: explicit ? [mask(0), mask(1), mask(2), hasAlpha ? mask(3) : 0] : usual,
  };
}

/**
 * The pixels of a BMP. Alpha counts only where the header declares it and not every pixel is at 0, because many
 * writers declare the channel and leave it empty.
 *
 * @throws Error saying what is wrong with it
 */
export function decodeBitmap(bytes: Buffer, name: string): BitmapPixels {
  const header = bitmapHeader(bytes, name);
  const { bits, compression } = header;
  if (bits <= 8) {
    const packed = compression === runs8 || compression === runs4;
    return paint(header, bytes, packed ? unpackRuns(header, bytes) : unpackBits(header, bytes));
  }
  return bits === 24 ? trueColour(header, bytes) : maskedColour(header, bytes);
}

/** Rows are padded to four bytes. Gives where the row shown at `y` starts. */
function rowStarts(header: BitmapHeader, bytes: Buffer): (y: number) => number {
  const stride = 4 * Math.ceil((header.width * header.bits) / 32);
  if (header.pixelsAt + stride * header.height > bytes.length) throw new Error('the pixels are cut short');
  return y => header.pixelsAt + stride * (header.topDown ? y : header.height - 1 - y);
}

/** Palette indices, one a byte, rows from the top. */
function unpackBits(header: BitmapHeader, bytes: Buffer): Uint8Array {
  const { width, height, bits } = header;
  const start = rowStarts(header, bytes);
  const indices = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      const byte = bytes[start(y) + (bit >> 3)]!;
      indices[y * width + x] = (byte >> (8 - bits - (bit & 7))) & (2 ** bits - 1);
    }
  }
  return indices;
}

/**
 * RLE8 and RLE4: pairs of a count and a value; a count of 0 escapes to end of line (0), end of bitmap (1),
 * a jump (2) or that many literal values, padded to two bytes. Pixels jumped over keep colour 0.
 */
function unpackRuns(header: BitmapHeader, bytes: Buffer): Uint8Array {
  const { width, height } = header;
  const wide = header.compression === runs8;
  const indices = new Uint8Array(width * height);
  let at = header.pixelsAt;
  let x = 0;
  let row = 0;
  const next = () => {
    if (at >= bytes.length) throw new Error('the pixels are cut short');
    return bytes[at++]!;
  };
  const put = (index: number) => {
    if (x < width && row < height) indices[(header.topDown ? row : height - 1 - row) * width + x] = index;
    x++;
  };
  // The end mark may be missing behind a full last row, and only there.
  while (row < height && !(row === height - 1 && x >= width && at >= bytes.length)) {
    const count = next();
    const value = next();
    if (count > 0) {
      for (let i = 0; i < count; i++) put(wide ? value : i % 2 ? value & 15 : value >> 4);
    } else if (value === 0) {
      x = 0;
      row++;
    } else if (value === 1) {
      break;
    } else if (value === 2) {
      x += next();
      row += next();
    } else {
      for (let i = 0, byte = 0; i < value; i++) {
        if (wide || i % 2 === 0) byte = next();
        put(wide ? byte : i % 2 ? byte & 15 : byte >> 4);
      }
      if ((wide ? value : Math.ceil(value / 2)) % 2 === 1) next();
    }
  }
  return indices;
}

function paint(header: BitmapHeader, bytes: Buffer, indices: Uint8Array): BitmapPixels {
  const { at, colours, bytes: size } = header.palette;
  if (at + colours * size > bytes.length) throw new Error('the palette is cut short');
  const samples = new Uint8Array(3 * indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (index >= colours) continue;
    const colour = at + index * size;
    samples[3 * i] = bytes[colour + 2]!;
    samples[3 * i + 1] = bytes[colour + 1]!;
    samples[3 * i + 2] = bytes[colour]!;
  }
  return { width: header.width, height: header.height, channels: 3, samples };
}

function trueColour(header: BitmapHeader, bytes: Buffer): BitmapPixels {
  const { width, height } = header;
  const start = rowStarts(header, bytes);
  const samples = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = start(y); x < width; x++, from += 3, to += 3) {
      samples[to] = bytes[from + 2]!;
      samples[to + 1] = bytes[from + 1]!;
      samples[to + 2] = bytes[from]!;
    }
  }
  return { width, height, channels: 3, samples };
}

function maskedColour(header: BitmapHeader, bytes: Buffer): BitmapPixels {
  const { width, height, bits } = header;
  const start = rowStarts(header, bytes);
  const channels = header.masks[3] !== 0 && usesAlpha(header, bytes) ? 4 : 3;
  const fields = header.masks.slice(0, channels).map(mask => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, scale: 255 / (mask >>> shift || 1) };
  });
  const samples = new Uint8Array(channels * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = start(y); x < width; x++, from += bits / 8) {
      const pixel = bits === 16 ? bytes.readUInt16LE(from) : bytes.readUInt32LE(from);
      for (const { mask, shift, scale } of fields) {
        samples[to++] = Math.round(((pixel & mask) >>> shift) * scale);
      }
    }
  }
  return { width, height, channels, samples };
}

function usesAlpha(header: BitmapHeader, bytes: Buffer): boolean {
  const { width, height, bits, masks } = header;
  const start = rowStarts(header, bytes);
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = start(y); x < width; x++, from += bits / 8) {
      if (((bits === 16 ? bytes.readUInt16LE(from) : bytes.readUInt32LE(from)) & masks[3]) !== 0) return true;
    }
  }
  return false;
}
