import { compress, type Compression, compressions } from './compression';
import { type Entry, type Page, tiffFile } from './file';
import { type Samples } from './samples';

/** How samples are laid out in a file. */
export interface Layout {
  readonly bits: number;
  readonly float?: boolean;
  readonly planar?: boolean;
  readonly tiled?: boolean;
  readonly compression?: Compression;
  readonly predictor?: 1 | 2 | 3;
  readonly bigEndian?: boolean;
  readonly bigTiff?: boolean;
  /** The lowest bit of each byte comes first. */
  readonly reversed?: boolean;
  /** Width and height of the pixels that share their Cb and Cr. */
  readonly subsampling?: readonly [number, number];
  readonly rowsPerStrip?: number;
}

const tile = 16;

/** The file of samples in this layout; `entries` say what they mean. */
export function encodeTiff(samples: Samples, layout: Layout, entries: readonly Entry[]): Buffer {
  return tiffFile([pageOf(samples, layout, entries)], layout);
}

export function pageOf(samples: Samples, layout: Layout, entries: readonly Entry[]): Page {
  const { width, height, channels } = samples;
  const { bits, float = false, planar = false, tiled = false, compression = 'none' } = layout;
  const predictor = predictorOf(layout);
  const rows = layout.rowsPerStrip ?? 8;
  const across = tiled ? tile : width;
  const down = tiled ? tile : rows;
  const chunks: Uint8Array[] = [];
  for (const picked of planar ? indices(channels).map(c => [c]) : [indices(channels)]) {
    for (let top = 0; top < height; top += down) {
      for (let left = 0; left < width; left += across) {
        const high = tiled ? tile : Math.min(down, height - top);
        const bytes = chunkBytes(samples, layout, picked, left, top, across, high);
        const compressed = compress(bytes, compression);
        chunks.push(layout.reversed ? compressed.map(reverse) : compressed);
      }
    }
  }
  return {
    tiled,
    chunks,
    entries: [
      [256, 'long', [width]],
      [257, 'long', [height]],
      [258, 'short', indices(channels).map(() => bits)],
      [259, 'short', [compressions[compression]]],
      [277, 'short', [channels]],
      [284, 'short', [planar ? 2 : 1]],
      [339, 'short', indices(channels).map(() => (float ? 3 : 1))],
      ...(tiled
        ? ([
            [322, 'long', [tile]],
            [323, 'long', [tile]],
          ] as const)
        : ([[278, 'long', [rows]]] as const)),
      ...(predictor > 1 ? ([[317, 'short', [predictor]]] as const) : []),
      ...(layout.reversed ? ([[266, 'short', [2]]] as const) : []),
      ...(layout.subsampling ? ([[530, 'short', layout.subsampling]] as const) : []),
      ...entries,
    ],
  };
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, c) => c);
}

/** One strip or tile, before its compression; pixels outside the picture are its last ones again. */
function chunkBytes(
  samples: Samples,
  layout: Layout,
  picked: readonly number[],
  left: number,
  top: number,
  across: number,
  high: number,
): Uint8Array {
  const at = (x: number, y: number, c: number) =>
    samples.at(Math.min(left + x, samples.width - 1), Math.min(top + y, samples.height - 1), c);
  if (layout.subsampling) {
    const [h, v] = layout.subsampling;
    const units: number[] = [];
    for (let y = 0; y < high; y += v) {
      for (let x = 0; x < across; x += h) {
        for (let j = 0; j < v; j++) for (let i = 0; i < h; i++) units.push(at(x + i, y + j, 0));
        units.push(at(x, y, 1), at(x, y, 2));
      }
    }
    return Uint8Array.from(units);
  }
  const rows: Uint8Array[] = [];
  for (let y = 0; y < high; y++) {
    const row: number[] = [];
    for (let x = 0; x < across; x++) for (const c of picked) row.push(at(x, y, c));
    rows.push(rowBytes(row, layout, picked.length));
  }
  return Buffer.concat(rows);
}

function rowBytes(row: number[], layout: Layout, stride: number): Uint8Array {
  const { bits, float = false, bigEndian = false } = layout;
  const predictor = predictorOf(layout);
  if (predictor === 2)
    row = row.map((v, i) => (i < stride ? v : (v - row[i - stride]! + 2 ** bits) % 2 ** bits));
  if (predictor === 3) {
    // Adobe's technical note 3: the bytes of all samples apart, the highest first, then differences.
    const big = row.map(v => floatBytes(v, bits).reverse());
    const apart = indices(bits / 8).flatMap(b => big.map(bytes => bytes[b]!));
    return Uint8Array.from(apart, (v, i) => (i < stride ? v : v - apart[i - stride]!));
  }
  if (bits % 8 === 0) {
    const words = row.map(v => (float ? floatBytes(v, bits) : wordBytes(v, bits)));
    return Buffer.concat(words.map(word => (bigEndian ? word.reverse() : word)));
  }
  const bytes = new Uint8Array(Math.ceil((row.length * bits) / 8));
  row.forEach((v, i) => {
    for (let b = 0; b < bits; b++) {
      const bit = i * bits + b;
      if ((v >> (bits - 1 - b)) & 1) bytes[bit >> 3]! |= 128 >> (bit & 7);
    }
  });
  return bytes;
}

function wordBytes(value: number, bits: number): Buffer {
  const bytes = Buffer.alloc(bits / 8);
  bytes.writeUIntLE(value, 0, bits / 8);
  return bytes;
}

/** Little-endian. Halves only of what they hold exactly or between 2^-14 and 1. */
function floatBytes(value: number, bits: number): Buffer {
  const bytes = Buffer.alloc(bits / 8);
  if (bits === 64) bytes.writeDoubleLE(value);
  else if (bits === 32) bytes.writeFloatLE(value);
  else if (bits === 24) {
    // 1 sign, 7 exponent (bias 63), 16 mantissa bits.
    const exponent = value === 0 ? -63 : Math.floor(Math.log2(value));
    const mantissa = value === 0 ? 0 : Math.floor((value / 2 ** exponent - 1) * 65536);
    bytes.writeUIntLE((exponent + 63) * 65536 + mantissa, 0, 3);
  } else {
    const exponent = value < 2 ** -14 ? -15 : Math.floor(Math.log2(value));
    const mantissa =
      value < 2 ** -14 ? Math.floor(value * 2 ** 24) : Math.floor((value / 2 ** exponent - 1) * 1024);
    bytes.writeUInt16LE((exponent + 15) * 1024 + mantissa);
  }
  return bytes;
}

/** Only LZW and Deflate have one. */
function predictorOf({ compression = 'none', predictor = 1 }: Layout): 1 | 2 | 3 {
  return compression === 'none' || compression === 'packbits' ? 1 : predictor;
}

function reverse(byte: number): number {
  let turned = 0;
  for (let b = 0; b < 8; b++) if ((byte >> b) & 1) turned |= 128 >> b;
  return turned;
}
