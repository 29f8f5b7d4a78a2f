import { type Chunks, planesOf } from './chunks';
import type { TiffCoding } from './coding';

/** Integers as they are where they fit 16 bits; wider ones and floats as numbers of which 1 is white. */
export type Samples = Uint8Array | Uint16Array | Float32Array;

/** Those of the largest picture that is read, in RGB with alpha: a few kilobytes may claim to hold any number. */
const mostSamples = 2 ** 30;

/**
 * The samples of a picture, interleaved, whatever the layout of its file; subsampled colours for every pixel.
 *
 * @throws Error for damage
 */
export async function unpackSamples(coding: TiffCoding): Promise<Samples> {
  const { width, height, channels, bits, float, planar } = coding;
  const count = width * height * channels;
  if (count > mostSamples) throw new Error('out of memory: too many samples');
  const make = (): Samples =>
    float || bits > 16 ? new Float32Array(count) : bits > 8 ? new Uint16Array(count) : new Uint8Array(count);
  let samples: Samples | undefined;
  let channel = 0;
  for await (const chunks of planesOf(coding)) {
    // Not before some of it is there: what is damaged costs nothing.
    samples ??= make();
    if (coding.subsampling[0] * coding.subsampling[1] > 1) spread(chunks, coding, samples);
    else place(chunks, coding, samples, channel);
    if (planar) channel++;
  }
  if (samples === undefined) throw new Error('no samples');
  return samples;
}

/** Puts the samples of strips or tiles where they belong in the picture. */
function place(chunks: Chunks, coding: TiffCoding, samples: Samples, channel: number): void {
  const { width, height, channels, predictor, planar } = coding;
  const { rowBytes, across } = chunks;
  const each = planar ? 1 : channels;
  const bytes = new DataView(chunks.bytes.buffer, chunks.bytes.byteOffset, chunks.bytes.byteLength);
  // A predictor for floats leaves the highest byte first.
  const littleEndian = coding.directory.file.littleEndian && predictor !== 3;
  const read = reader(bytes, coding, littleEndian);
  const rows = bytes.byteLength / rowBytes;
  for (let row = 0; row < rows; row++) {
    const chunk = Math.floor(row / chunks.height);
    const left = (chunk % across) * chunks.width;
    const y = Math.floor(chunk / across) * chunks.height + (row % chunks.height);
    if (y >= height) continue;
    const from = row * rowBytes;
    if (predictor === 2) sumUp(bytes, from, chunks.width * each, each, coding.bits, littleEndian);
    if (predictor === 3) gather(chunks.bytes.subarray(from, from + rowBytes), each, coding.bits / 8);
    const columns = Math.min(chunks.width, width - left);
    for (let x = 0, to = (y * width + left) * channels + channel; x < columns; x++, to += channels) {
      for (let c = 0; c < each; c++) samples[to + c] = read(from, x * each + c);
    }
  }
}

/** Gives the sample of an index in the row that starts at a byte. */
function reader(
  view: DataView,
  { bits, float }: TiffCoding,
  littleEndian: boolean,
): (row: number, index: number) => number {
  if (float) {
    if (bits === 64) return (row, i) => view.getFloat64(row + 8 * i, littleEndian);
    if (bits === 32) return (row, i) => view.getFloat32(row + 4 * i, littleEndian);
    if (bits === 16) return (row, i) => smallFloat(view.getUint16(row + 2 * i, littleEndian), 5, 10);
    return (row, i) => smallFloat(threeBytes(view, row + 3 * i, littleEndian), 7, 16);
  }
  if (bits === 8) return (row, i) => view.getUint8(row + i);
  if (bits === 16) return (row, i) => view.getUint16(row + 2 * i, littleEndian);
  if (bits === 24) return (row, i) => threeBytes(view, row + 3 * i, littleEndian) / 0xffffff;
  if (bits === 32) return (row, i) => view.getUint32(row + 4 * i, littleEndian) / 0xffffffff;
  const scale = bits > 16 ? 2 ** bits - 1 : 1;
  return (row, i) => {
    let value = 0;
    // Whole bytes at a time would be faster, and hardly any file is packed like this.
    for (let bit = i * bits, end = bit + bits; bit < end; bit++) {
      value = 2 * value + ((view.getUint8(row + (bit >> 3)) >> (7 - (bit & 7))) & 1);
    }
    return value / scale;
  };
}

function threeBytes(view: DataView, at: number, littleEndian: boolean): number {
  const [low, middle, high] = [view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2)];
  return littleEndian ? low + 256 * middle + 65536 * high : high + 256 * middle + 65536 * low;
}

/** A number of so many bits of exponent and mantissa below a sign: IEEE 754 half precision, and Adobe's 24 bits. */
function smallFloat(word: number, exponentBits: number, mantissaBits: number): number {
  const mantissa = word & (2 ** mantissaBits - 1);
  const exponent = (word >> mantissaBits) & (2 ** exponentBits - 1);
  const sign = word >> (mantissaBits + exponentBits) ? -1 : 1;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return mantissa === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * mantissa * 2 ** (1 - bias - mantissaBits);
  return sign * (1 + mantissa / 2 ** mantissaBits) * 2 ** (exponent - bias);
}

/** Undoes the horizontal predictor (TIFF 6.0, section 14) in a row. */
function sumUp(
  view: DataView,
  row: number,
  count: number,
  stride: number,
  bits: number,
  littleEndian: boolean,
): void {
  for (let i = stride; i < count; i++) {
    const before = i - stride;
    if (bits === 8) view.setUint8(row + i, view.getUint8(row + i) + view.getUint8(row + before));
    else if (bits === 16) {
      const sum = view.getUint16(row + 2 * i, littleEndian) + view.getUint16(row + 2 * before, littleEndian);
      view.setUint16(row + 2 * i, sum, littleEndian);
    } else {
      const sum = view.getUint32(row + 4 * i, littleEndian) + view.getUint32(row + 4 * before, littleEndian);
      view.setUint32(row + 4 * i, sum, littleEndian);
    }
  }
}

/** Undoes the floating-point predictor (Adobe's technical note 3) in a row: differences, then bytes apart by rank. */
function gather(row: Buffer, stride: number, size: number): void {
  for (let i = stride; i < row.length; i++) row[i] = (row[i] ?? 0) + (row[i - stride] ?? 0);
  const apart = Buffer.from(row);
  const count = row.length / size;
  for (let i = 0; i < count; i++) {
    for (let b = 0; b < size; b++) row[i * size + b] = apart[b * count + i] ?? 0;
  }
}

/** Subsampled YCbCr: units of h × v brightnesses and the Cb and Cr that they share (TIFF 6.0, section 21). */
function spread(chunks: Chunks, coding: TiffCoding, samples: Samples): void {
  const { width, height, subsampling } = coding;
  const [h, v] = subsampling;
  const { bytes, rowBytes, across } = chunks;
  const rows = bytes.length / rowBytes;
  const unitRows = Math.ceil(chunks.height / v);
  const unit = h * v + 2;
  for (let row = 0; row < rows; row++) {
    const chunk = Math.floor(row / unitRows);
    const left = (chunk % across) * chunks.width;
    const top = Math.floor(chunk / across) * chunks.height + (row % unitRows) * v;
    for (let x = 0; x < chunks.width; x++) {
      if (left + x >= width) break;
      const from = row * rowBytes + Math.floor(x / h) * unit;
      for (let j = 0; j < v && top + j < height; j++) {
        const to = 3 * ((top + j) * width + left + x);
        samples[to] = bytes[from + j * h + (x % h)] ?? 0;
        samples[to + 1] = bytes[from + h * v] ?? 0;
        samples[to + 2] = bytes[from + h * v + 1] ?? 0;
      }
    }
  }
}
