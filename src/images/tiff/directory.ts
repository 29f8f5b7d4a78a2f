/** One directory of a TIFF (IFD): the numbers behind its tags. */
export interface Directory {
  /** Where it starts in the file. */
  readonly at: number;
  readonly file: TiffFile;
  /** All numbers of a tag, as doubles; undefined where the tag is absent or of a type without numbers. */
  numbers(tag: Tag): readonly number[] | undefined;
  /** The bytes of a tag as they lie in the file. */
  bytes(tag: Tag): Buffer | undefined;
}

export interface TiffFile {
  readonly bytes: Buffer;
  readonly littleEndian: boolean;
  /** 64-bit offsets. */
  readonly big: boolean;
}

/** The tags that are read: TIFF 6.0, its technical notes, TIFF/EP and DNG. */
export const tags = {
  newSubfileType: 254,
  subfileType: 255,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planar: 284,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  subdirectories: 330,
  inkSet: 332,
  indexed: 346,
  extraSamples: 338,
  sampleFormat: 339,
  coefficients: 529,
  subsampling: 530,
  referenceBlackWhite: 532,
  profile: 34675,
  dngVersion: 50706,
} as const;
export type Tag = (typeof tags)[keyof typeof tags];

/** Bytes of a value by the number of its type; rationals are read as their quotient. */
const typeSizes: Record<number, number> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 },
  ...{ 16: 8, 17: 8, 18: 8 },
};

/** More directories than any program writes; a chain that is longer is a circle or a bomb. */
const mostDirectories = 4096;

/**
 * The directories of a file in their order, each followed by those below it (SubIFDs).
 *
 * @throws Error saying what is wrong with the file
 */
export function* directoriesOf(bytes: Buffer): Generator<Directory> {
  const littleEndian = bytes[0] === 0x49;
  const short = (at: number) => (littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const big = short(2) === 43;
  if (big && (short(4) !== 8 || short(6) !== 0)) throw new Error('offsets that are not of 8 bytes');
  const file = { bytes, littleEndian, big };
  const seen = new Set<number>();
  let next = readOffset(file, big ? 8 : 4);
  while (next !== 0) {
    const { directory, following } = readDirectory(file, visit(next));
    yield directory;
    for (const at of directory.numbers(tags.subdirectories) ?? []) {
      if (at !== 0) yield readDirectory(file, visit(at)).directory;
    }
    next = following;
  }
  if (seen.size === 0) throw new Error('no directory');

  function visit(at: number): number {
    if (seen.has(at)) throw new Error('directories in a circle');
    if (seen.size === mostDirectories) throw new Error('too many directories');
    seen.add(at);
    return at;
  }
}

interface Field {
  readonly type: number;
  readonly count: number;
  /** Where its values start. */
  readonly at: number;
}

function readDirectory(file: TiffFile, at: number): { directory: Directory; following: number } {
  const { bytes, littleEndian, big } = file;
  const short = (from: number) => (littleEndian ? bytes.readUInt16LE(from) : bytes.readUInt16BE(from));
  const count = big ? readOffset(file, at) : short(at);
  const size = big ? 20 : 12;
  const start = at + (big ? 8 : 2);
  const end = start + count * size;
  if (end > bytes.length) throw new Error('a directory is cut short');
  const fields = new Map<number, Field>();
  for (let entry = start; entry < end; entry += size) {
    const type = short(entry + 2);
    const values = readOffset(file, entry + 4);
    const length = (typeSizes[type] ?? 0) * values;
    const inline = entry + (big ? 12 : 8);
    const from = length <= (big ? 8 : 4) ? inline : readOffset(file, inline);
    // Values beyond the end of the file count as absent: some of them (previews, notes) do not matter.
    if (from + length <= bytes.length) fields.set(short(entry), { type, count: values, at: from });
  }
  return {
    // Where the pointer itself is cut off there is no further directory.
    following: end + (big ? 8 : 4) <= bytes.length ? readOffset(file, end) : 0,
    directory: {
      at,
      file,
      numbers: tag => {
        const field = fields.get(tag);
        return field && readNumbers(file, field);
      },
      bytes: tag => {
        const field = fields.get(tag);
        return field && bytes.subarray(field.at, field.at + (typeSizes[field.type] ?? 0) * field.count);
      },
    },
  };
}

function readOffset({ bytes, littleEndian, big }: TiffFile, at: number): number {
  if (!big) return littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  return Number(littleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}

function readNumbers({ bytes, littleEndian }: TiffFile, { type, count, at }: Field): number[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: Record<number, (from: number) => number> = {
    1: from => view.getUint8(from),
    3: from => view.getUint16(from, littleEndian),
    4: from => view.getUint32(from, littleEndian),
    5: from => view.getUint32(from, littleEndian) / view.getUint32(from + 4, littleEndian),
    6: from => view.getInt8(from),
    7: from => view.getUint8(from),
    8: from => view.getInt16(from, littleEndian),
    9: from => view.getInt32(from, littleEndian),
    10: from => view.getInt32(from, littleEndian) / view.getInt32(from + 4, littleEndian),
    11: from => view.getFloat32(from, littleEndian),
    12: from => view.getFloat64(from, littleEndian),
    13: from => view.getUint32(from, littleEndian),
    16: from => Number(view.getBigUint64(from, littleEndian)),
    17: from => Number(view.getBigInt64(from, littleEndian)),
    18: from => Number(view.getBigUint64(from, littleEndian)),
  };
  const readOne = read[type];
  if (readOne === undefined) return undefined;
  const size = typeSizes[type] ?? 1;
  return Array.from({ length: count }, (_, i) => readOne(at + i * size));
}
