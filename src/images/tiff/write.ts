import type { TiffFile } from './directory';

/** A tag, the type of its values and the values. */
export type Entry = readonly [
  tag: number,
  type: 'short' | 'long' | 'bytes',
  values: readonly number[] | Buffer,
];

/**
 * Bytes with directories behind them, the header pointing at the first of these.
 *
 * @param file what the directories point into; its header is replaced
 */
export function withDirectories(
  { bytes, littleEndian, big }: TiffFile,
  directories: readonly (readonly Entry[])[],
): Buffer {
  const word = big ? 8 : 4;
  const parts: Buffer[] = [bytes, Buffer.alloc(bytes.length % 2)];
  let length = bytes.length + (bytes.length % 2);
  const append = (part: Buffer): number => {
    const at = length;
    parts.push(part, Buffer.alloc(part.length % 2));
    length += part.length + (part.length % 2);
    return at;
  };
  let next = 0;
  for (const entries of [...directories].reverse()) {
    const rows = [...entries]
      .sort(([a], [b]) => a - b)
      .map(([tag, type, values]) => {
        const size = type === 'short' ? 2 : word;
        const value = Buffer.isBuffer(values)
          ? values
          : Buffer.concat(values.map(v => numberBytes(v, size, littleEndian)));
        const code = type === 'short' ? 3 : type === 'bytes' ? 7 : big ? 16 : 4;
        return Buffer.concat([
          numberBytes(tag, 2, littleEndian),
          numberBytes(code, 2, littleEndian),
          numberBytes(values.length, word, littleEndian),
          value.length <= word
            ? Buffer.concat([value, Buffer.alloc(word - value.length)])
            : numberBytes(append(value), word, littleEndian),
        ]);
      });
    next = append(
      Buffer.concat([
        numberBytes(rows.length, big ? 8 : 2, littleEndian),
        ...rows,
        numberBytes(next, word, littleEndian),
      ]),
    );
  }
  const whole = Buffer.concat(parts);
  pointAt({ bytes: whole, littleEndian, big }, next);
  return whole;
}

/** Makes the directory at this place the first one. */
export function pointAt({ bytes, littleEndian, big }: TiffFile, directory: number): void {
  numberBytes(directory, big ? 8 : 4, littleEndian).copy(bytes, big ? 8 : 4);
}

function numberBytes(value: number, size: number, littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc(size);
  if (size === 8) bytes.writeBigUInt64LE(BigInt(value));
  else bytes.writeUIntLE(value, 0, size);
  return littleEndian ? bytes : bytes.reverse();
}

/** What a plain TIFF says of its pixels. */
export interface PlainPicture {
  readonly width: number;
  readonly height: number;
  readonly photometric: number;
  /** Colours and, where there is one more than `colours`, straight alpha. */
  readonly channels: number;
  readonly colours: number;
  /** Interleaved. */
  readonly samples: Uint8Array | Uint16Array;
  readonly orientation: number;
  readonly profile: Buffer | undefined;
}

/** A TIFF without compression, in strips, in the byte order of this machine. */
export function plainTiff(picture: PlainPicture): Buffer {
  const { width, height, channels, colours, samples, profile } = picture;
  const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  const size = samples.BYTES_PER_ELEMENT;
  const row = width * channels * size;
  const rows = Math.max(1, Math.floor(2 ** 20 / row));
  const strips = Array.from({ length: Math.ceil(height / rows) }, (_, i) => i);
  const head = Buffer.from(littleEndian ? 'II*\0\0\0\0\0' : 'MM\0*\0\0\0\0', 'latin1');
  const pixels = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const bytes = Buffer.concat([head, pixels]);
  const each = (value: number) => Array.from({ length: channels }, () => value);
  return withDirectories({ bytes, littleEndian, big: false }, [
    [
      [256, 'long', [width]],
      [257, 'long', [height]],
      [258, 'short', each(8 * size)],
      [259, 'short', [1]],
      [262, 'short', [picture.photometric]],
      [273, 'long', strips.map(i => head.length + i * rows * row)],
      [274, 'short', [picture.orientation]],
      [277, 'short', [channels]],
      [278, 'long', [rows]],
      [279, 'long', strips.map(i => Math.min(rows, height - i * rows) * row)],
      [284, 'short', [1]],
      ...(channels > colours ? [[338, 'short', [2]] as const] : []),
      ...(profile ? [[34675, 'bytes', profile] as const] : []),
    ],
  ]);
}
