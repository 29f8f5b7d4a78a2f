import { boxesIn, boxIn, Reader } from './boxes';
import { readSequenceColour, type SequenceColour } from './sequence';

/** What an AVIF says of its primary image. */
export interface AvifItem {
  readonly isGrey: boolean;
  /** Whether black is 0 and white the highest value. */
  readonly fullRange: boolean;
  /** Code points of ITU-T H.273; 2 is unspecified. */
  readonly primaries: number;
  readonly transfer: number;
}

/**
 * Reads the properties of the primary image (ISO/IEC 23008-12, AV1-ISOBMFF), of its first tile where it is a grid, and
 * from the AV1 sequence header what they leave open; undefined where there is no such image.
 */
export function primaryItem(bytes: Buffer): AvifItem | undefined {
  const meta = boxIn(bytes, 'meta')?.subarray(4);
  const primary = boxIn(meta, 'pitm');
  if (meta === undefined || primary === undefined) return undefined;
  const id = new Reader(primary, 4).take(primary[0] === 0 ? 2 : 4);
  const own = propertiesOf(meta, id);
  const coded = own.has('av1C') ? id : firstTile(meta, id);
  const configuration = coded === undefined ? undefined : propertiesOf(meta, coded).get('av1C');
  if (coded === undefined || configuration === undefined) return undefined;
  const header: SequenceColour = readSequenceColour(configuration.subarray(4)) ??
    readSequenceColour(dataOf(bytes, meta, coded)) ?? { primaries: 2, transfer: 2, fullRange: true };
  const box = own.get('colr nclx');
  return {
    isGrey: ((configuration[2] ?? 0) & 16) !== 0,
    ...(box && box.length >= 7
      ? { primaries: box.readUInt16BE(0), transfer: box.readUInt16BE(2), fullRange: (box[6] ?? 0) >= 128 }
      : header),
  };
}

/** The properties of an item by their type; colours by their kind as well ("colr nclx"). */
function propertiesOf(meta: Buffer, id: number): Map<string, Buffer> {
  const properties = boxIn(meta, 'iprp');
  const boxes = [...boxesIn(boxIn(properties, 'ipco') ?? Buffer.alloc(0))];
  const found = new Map<string, Buffer>();
  const association = boxIn(properties, 'ipma');
  if (association === undefined) return found;
  const reader = new Reader(association, 4);
  const [version, wide] = [association[0] ?? 0, ((association[3] ?? 0) & 1) === 1];
  for (let items = reader.take(4); items > 0; items--) {
    const item = reader.take(version < 1 ? 2 : 4);
    for (let count = reader.take(1); count > 0; count--) {
      const index = wide ? reader.take(2) & 0x7fff : reader.take(1) & 0x7f;
      const box = boxes[index - 1];
      if (item !== id || box === undefined) continue;
      const kind = box.type === 'colr' ? `colr ${box.body.toString('latin1', 0, 4)}` : box.type;
      found.set(kind, box.type === 'colr' ? box.body.subarray(4) : box.body);
    }
  }
  return found;
}

/** The first of the images that a grid is made of. */
function firstTile(meta: Buffer, id: number): number | undefined {
  const references = boxIn(meta, 'iref');
  if (references === undefined) return undefined;
  const size = references[0] === 0 ? 2 : 4;
  for (const { type, body } of boxesIn(references.subarray(4))) {
    const reader = new Reader(body);
    if (type === 'dimg' && reader.take(size) === id && reader.take(2) > 0) return reader.take(size);
  }
  return undefined;
}

/** The first extent of an item's data. */
function dataOf(bytes: Buffer, meta: Buffer, id: number): Buffer {
  const location = boxIn(meta, 'iloc');
  if (location === undefined) return Buffer.alloc(0);
  const version = location[0] ?? 0;
  const reader = new Reader(location, 4);
  const sizes = reader.take(2);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version > 0 ? sizes & 15 : 0;
  for (let items = reader.take(version < 2 ? 2 : 4); items > 0; items--) {
    const item = reader.take(version < 2 ? 2 : 4);
    const method = version > 0 ? reader.take(2) & 15 : 0;
    reader.take(2);
    const base = reader.take(baseSize);
    const extents = reader.take(2);
    for (let extent = 0; extent < extents; extent++) {
      reader.take(indexSize);
      const offset = base + reader.take(offsetSize);
      const length = reader.take(lengthSize);
      if (item !== id || extent > 0) continue;
      const from = method === 1 ? (boxIn(meta, 'idat') ?? Buffer.alloc(0)) : bytes;
      return from.subarray(offset, length === 0 ? undefined : offset + length);
    }
  }
  return Buffer.alloc(0);
}
