/** An entry of a directory: its tag, the type of its values (TIFF 6.0, section 2) and the values. */
export type Entry = readonly [
  tag: number,
  type: keyof typeof typeBytes,
  values: readonly number[] | Uint8Array,
];

const typeBytes = { byte: 1, short: 3, long: 4, rational: 5, undefined: 7 } as const;
const sizes = { byte: 1, short: 2, long: 4, rational: 8, undefined: 1 } as const;

export interface Variant {
  readonly bigEndian?: boolean;
  readonly bigTiff?: boolean;
}

/** A directory, the strips or tiles that it points at, and directories that it has below it (SubIFDs). */
export interface Page {
  readonly entries: readonly Entry[];
  readonly chunks: readonly Uint8Array[];
  readonly tiled?: boolean;
  readonly below?: readonly Page[];
}

/** A TIFF of these pages, written by hand: nothing of it is checked, so that anything can be written. */
export function tiffFile(
  pages: readonly Page[],
  { bigEndian = false, bigTiff = false }: Variant = {},
): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  const append = (bytes: Uint8Array): number => {
    const at = length;
    const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
    parts.push(padded);
    length += padded.length;
    return at;
  };
  const number = (value: number, bytes: number): Buffer => {
    const buffer = Buffer.alloc(bytes);
    if (bytes === 8) {
      const high = Math.floor(value / 2 ** 32);
      buffer.writeUInt32LE(value >>> 0, 0);
      buffer.writeUInt32LE(high, 4);
    } else buffer.writeUIntLE(value, 0, bytes);
    return bigEndian ? buffer.reverse() : buffer;
  };
  const numbers = (values: Entry[2], size: number): Buffer => {
    const bytes = Buffer.alloc(size * values.length);
    values.forEach((value, i) =>
      bigEndian ? bytes.writeUIntBE(value, size * i, size) : bytes.writeUIntLE(value, size * i, size),
    );
    return bytes;
  };
  const word = bigTiff ? 8 : 4;
  const directory = (page: Page, next: number): number => {
    const at = page.chunks.map(append);
    const below = (page.below ?? []).map(child => directory(child, 0));
    const entries: Entry[] = [
      ...page.entries,
      [page.tiled ? 324 : 273, 'long', at],
      [page.tiled ? 325 : 279, 'long', page.chunks.map(({ length: bytes }) => bytes)],
      ...(below.length > 0 ? [[330, 'long', below] as const] : []),
    ];
    entries.sort(([a], [b]) => a - b);
    const rows = entries.map(([tag, type, values]) => {
      const count = type === 'rational' ? values.length / 2 : values.length;
      const size = type === 'rational' ? 4 : sizes[type];
      const bytes = numbers(values, size);
      const value =
        bytes.length <= word
          ? Buffer.concat([bytes, Buffer.alloc(word - bytes.length)])
          : number(append(bytes), word);
      return Buffer.concat([number(tag, 2), number(typeBytes[type], 2), number(count, word), value]);
    });
    return append(Buffer.concat([number(rows.length, bigTiff ? 8 : 2), ...rows, number(next, word)]));
  };
  append(Buffer.alloc(bigTiff ? 16 : 8));
  let first = 0;
  for (const page of [...pages].reverse()) first = directory(page, first);
  const start = bigEndian ? 'MM' : 'II';
  parts[0] = bigTiff
    ? Buffer.concat([Buffer.from(start), number(43, 2), number(8, 2), number(0, 2), number(first, 8)])
    : Buffer.concat([Buffer.from(start), number(42, 2), number(first, 4)]);
  return Buffer.concat(parts);
}
