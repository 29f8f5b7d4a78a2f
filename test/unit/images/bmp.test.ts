import { describe, expect, it } from 'vitest';
import { decodeBitmap } from '../../../src/images/bmp';
import { decodeImage } from '../../../src/images/decode';
import { floatImage, paintBytes, psnr } from './pictures';

interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly pixels: readonly number[] | Uint8Array;
  readonly compression?: number;
  /** Length of the information header: 12 (OS/2), 40 (Windows 3), 56, 108 (V4), 124 (V5). */
  readonly header?: number;
  readonly palette?: readonly (readonly [number, number, number])[];
  readonly masks?: readonly number[];
  /** Bytes between the headers and the pixels. */
  readonly gap?: number;
}

/** A BMP as Microsoft's description of BITMAPINFOHEADER and its successors lays it out. */
function bitmap({ width, height, bits, pixels, ...rest }: Bitmap): Buffer {
  const { compression = 0, header = 40, palette = [], masks = [], gap = 0 } = rest;
  const info = Buffer.alloc(header);
  info.writeUInt32LE(header, 0);
  if (header === 12) [width, height, 1, bits].forEach((v, i) => info.writeUInt16LE(v, 4 + 2 * i));
  else {
    info.writeInt32LE(width, 4);
    info.writeInt32LE(height, 8);
    info.writeUInt16LE(1, 12);
    info.writeUInt16LE(bits, 14);
    info.writeUInt32LE(compression, 16);
    info.writeUInt32LE(palette.length, 32);
  }
  const fields = Buffer.alloc(4 * masks.length);
  masks.forEach((mask, i) =>
    (header > 40 ? info : fields).writeUInt32LE(mask, (header > 40 ? 40 : 0) + 4 * i),
  );
  const colours = Buffer.from(palette.flatMap(([r, g, b]) => (header === 12 ? [b, g, r] : [b, g, r, 0])));
  const body = [
    info,
    ...(header > 40 ? [] : [fields]),
    colours,
    Buffer.alloc(gap, 0xee),
    Buffer.from(pixels),
  ];
  const file = Buffer.concat([Buffer.alloc(14), ...body]);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(file.length - pixels.length, 10);
  return file;
}

const red = [255, 0, 0] as const;
const green = [0, 255, 0] as const;
const blue = [0, 0, 255] as const;
const grey = [7, 8, 9] as const;
const palette = [red, green, blue, grey];

/** What a bitmap shows: one array of samples a row. */
function rows(file: Buffer): number[][] {
  const { width, height, channels, samples } = decodeBitmap(file, 'x.bmp');
  return Array.from({ length: height }, (_, y) =>
    Array.from(samples.subarray(y * width * channels, (y + 1) * width * channels)),
  );
}

describe('uncompressed', () => {
  it('24 bits, padded rows from the bottom', () => {
    const file = bitmap({
      width: 2,
      height: 2,
      bits: 24,
      pixels: [3, 2, 1, 6, 5, 4, 0, 0, 9, 8, 7, 12, 11, 10, 0, 0],
    });
    expect(rows(file)).toEqual([
      [7, 8, 9, 10, 11, 12],
      [1, 2, 3, 4, 5, 6],
    ]);
  });

  it('rows from the top when the height is negative, and pixels where the header says', () => {
    const pixels = [3, 2, 1, 0, 9, 8, 7, 0];
    expect(rows(bitmap({ width: 1, height: -2, bits: 24, pixels, gap: 10 }))).toEqual([
      [1, 2, 3],
      [7, 8, 9],
    ]);
  });

  it('32 bits: the fourth byte is nothing without a mask', () => {
    expect(rows(bitmap({ width: 1, height: 1, bits: 32, pixels: [3, 2, 1, 77] }))).toEqual([[1, 2, 3]]);
  });

  it.each([40, 56, 108, 124])('32 bits with masks, header of %i bytes', header => {
    const masks = [0xff, 0xff00, 0xff0000, 0xff000000];
    const file = bitmap({
      width: 2,
      height: 1,
      bits: 32,
      header,
      compression: header === 40 ? 6 : 3,
      masks,
      pixels: [1, 2, 3, 200, 4, 5, 6, 255],
    });
    expect(rows(file)).toEqual([[1, 2, 3, 200, 4, 5, 6, 255]]);
    const empty = Buffer.from(file);
    empty[empty.length - 5] = empty[empty.length - 1] = 0;
    expect(rows(empty)).toEqual([[1, 2, 3, 4, 5, 6]]);
  });

  it('16 bits: 5-5-5 as it is and 5-6-5 by masks, white being white', () => {
    const pixels = [0xff, 0x7f, 0x00, 0x7c, 0xe0, 0x03, 0, 0];
    expect(rows(bitmap({ width: 3, height: 1, bits: 16, pixels }))).toEqual([
      [255, 255, 255, ...red, ...green],
    ]);
    const masks = [0xf800, 0x7e0, 0x1f];
    const other = [0xff, 0xff, 0x00, 0xf8, 0x20, 0, 0, 0];
    expect(rows(bitmap({ width: 3, height: 1, bits: 16, compression: 3, masks, pixels: other }))).toEqual([
      [255, 255, 255, ...red, 0, 4, 0],
    ]);
  });

  it.each([
    [
      1,
      [0b01000000, 0, 0, 0, 0b10100000, 0, 0, 0],
      [
        [1, 0, 1],
        [0, 1, 0],
      ],
    ],
    [
      4,
      [0x01, 0x20, 0, 0, 0x21, 0x30, 0, 0],
      [
        [2, 1, 3],
        [0, 1, 2],
      ],
    ],
    [
      8,
      [0, 1, 2, 0, 2, 1, 9, 0],
      [
        [2, 1, 9],
        [0, 1, 2],
      ],
    ],
  ])('%i bits with a palette, odd width', (bits, pixels, indices) => {
    const shown = indices.map(row => row.flatMap(i => palette[i] ?? [0, 0, 0]));
    const colours = bits === 1 ? palette.slice(0, 2) : palette;
    expect(rows(bitmap({ width: 3, height: 2, bits, palette: colours, pixels }))).toEqual(shown);
  });

  it('OS/2 with its palette of three bytes', () => {
    const full = Array.from({ length: 16 }, (_, i) => palette[i] ?? grey);
    expect(
      rows(bitmap({ width: 3, height: 1, bits: 4, header: 12, palette: full, pixels: [0x12, 0, 0, 0] })),
    ).toEqual([[...green, ...blue, ...red]]);
  });
});

describe('run lengths', () => {
  it('RLE8: runs, literals, jumps and the ends of lines', () => {
    const pixels = [2, 0, 2, 1, 0, 0, 0, 3, 2, 1, 0, 0, 0, 2, 1, 0, 0, 0, 0, 2, 1, 0, 1, 3, 0, 1];
    expect(rows(bitmap({ width: 4, height: 3, bits: 8, compression: 1, palette, pixels }))).toEqual([
      [...red, ...grey, ...red, ...red],
      [...blue, ...green, ...red, ...red],
      [...red, ...red, ...green, ...green],
    ]);
  });

  it('RLE4: alternating runs and literals', () => {
    const pixels = [5, 0x12, 0, 0, 0, 5, 0x01, 0x23, 0x10, 0, 0, 1];
    expect(rows(bitmap({ width: 5, height: 2, bits: 4, compression: 2, palette, pixels }))).toEqual([
      [...red, ...green, ...blue, ...grey, ...green],
      [...green, ...blue, ...green, ...blue, ...green],
    ]);
  });

  it('does without an end mark behind a full last row', () => {
    expect(rows(bitmap({ width: 2, height: 1, bits: 8, compression: 1, palette, pixels: [2, 1] }))).toEqual([
      [...green, ...green],
    ]);
  });

  it('survives runs that leave the picture', () => {
    const pixels = [9, 1, 0, 2, 255, 255, 9, 1, 0, 1];
    expect(rows(bitmap({ width: 2, height: 1, bits: 8, compression: 1, palette, pixels }))).toEqual([
      [...green, ...green],
    ]);
  });
});

describe('damage', () => {
  const whole = {
    true24: bitmap({ width: 40, height: 30, bits: 24, pixels: new Uint8Array(40 * 30 * 3) }),
    runs: bitmap({
      width: 40,
      height: 30,
      bits: 8,
      compression: 1,
      palette,
      pixels: Array(60).fill(20) as number[],
    }),
    palette: bitmap({ width: 32, height: 16, bits: 1, palette: [red, blue], pixels: new Uint8Array(64) }),
    masks: bitmap({
      width: 16,
      height: 16,
      bits: 16,
      compression: 3,
      masks: [0xf800, 0x7e0, 0x1f],
      pixels: new Uint8Array(512),
    }),
  };
  it.each(Object.entries(whole))('%s, cut short anywhere', async (_name, file) => {
    for (let length = 26; length < file.length; length += 7) {
      await expect(decodeImage(file.subarray(0, length), 'x.bmp')).rejects.toMatchObject({
        code: 'image-corrupt',
      });
    }
  });

  it.each([
    ['a JPEG inside', { bits: 0, compression: 4 }, /not support BMP of 0 bits with compression 4/],
    ['64 bits', { bits: 64 }, /not support BMP of 64 bits/],
    ['no width', { width: 0 }, /is damaged: its header cannot be read/],
  ])('%s', async (_name, change, reason) => {
    const file = bitmap({ width: 20, height: 20, bits: 24, pixels: new Uint8Array(1200), ...change });
    await expect(decodeImage(file, 'x.bmp')).rejects.toThrow(reason);
  });
});

describe('as an image', () => {
  const size = { width: 50, height: 30 };
  const painted = paintBytes(size);
  /** The painting at 32 bits with alpha in a V4 header, as image editors write it. */
  function veiled(alpha: (i: number) => number): Buffer {
    const pixels = new Uint8Array(4 * 50 * 30);
    for (let i = 0; i < 1500; i++) {
      const at = 4 * ((29 - Math.floor(i / 50)) * 50 + (i % 50));
      pixels.set([painted[3 * i + 2]!, painted[3 * i + 1]!, painted[3 * i]!, alpha(i)], at);
    }
    const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
    return bitmap({ ...size, bits: 32, header: 108, compression: 3, masks, pixels });
  }

  it('keeps colours and alpha', async () => {
    const image = await decodeImage(
      veiled(i => (i === 77 ? 128 : 255)),
      'x.bmp',
    );
    expect(image).toMatchObject({ ...size, format: 'bmp', hasAlpha: true });
    expect(psnr(await image.at(size), floatImage(size, painted))).toBe(Infinity);
    expect((await image.alphaAt(size))![77]).toBeCloseTo(128 / 255, 6);
    expect(
      (
        await decodeImage(
          veiled(() => 0),
          'x.bmp',
        )
      ).hasAlpha,
    ).toBe(false);
  });
});
