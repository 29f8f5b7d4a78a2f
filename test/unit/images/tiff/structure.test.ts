import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../../src/images/decode';
import { greyProfile } from '../../../../src/images/icc';
import { painting } from '../pictures';
import { encodeTiff, pageOf } from './coding';
import { type Entry, tiffFile } from './file';
import { type Meaning, pictureIn, pictureSize } from './samples';

const plain = { photometric: 'rgb', bits: 8 } as const;
const area = pictureSize.width * pictureSize.height;

/** Mean difference in levels of 255 between a file and what is expected of it. */
async function difference(bytes: Buffer, expected: ArrayLike<number>): Promise<number> {
  const { data } = await (await decodeImage(bytes, 'x.tif')).at(pictureSize);
  let sum = 0;
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) sum += Math.abs(data[c * area + i]! - expected[3 * i + c]!);
  }
  return (255 * sum) / (3 * area);
}

/** A page of the picture, or of its negative, with further tags. */
function page(entries: readonly Entry[] = [], negative = false) {
  const { samples, entries: own } = pictureIn(plain);
  const at = (x: number, y: number, c: number) =>
    negative ? 255 - samples.at(x, y, c) : samples.at(x, y, c);
  return pageOf({ ...samples, at }, { bits: 8 }, [...own, ...entries]);
}

const { colours } = pictureIn(plain);

describe('which picture of a TIFF', () => {
  const thumbnail = page([[254, 'long', [1]]], true);
  const oldThumbnail = page([[255, 'short', [2]]], true);
  const mask = page([[254, 'long', [4]]], true);
  it.each([
    ['behind a reduced copy', tiffFile([thumbnail, page()])],
    ['behind an old reduced copy', tiffFile([oldThumbnail, page()])],
    ['behind a mask', tiffFile([mask, page()])],
    ['before a mask and another page', tiffFile([page(), mask, page([], true)])],
    ['below a reduced copy', tiffFile([{ ...thumbnail, below: [page()] }])],
    [
      'behind a reduced copy, big and big-endian',
      tiffFile([thumbnail, page()], { bigTiff: true, bigEndian: true }),
    ],
    ['the only one, though it calls itself reduced', tiffFile([page([[254, 'long', [1]]])])],
  ])('%s', async (_name, bytes) => {
    expect(await difference(bytes, colours)).toBe(0);
  });

  it('behind a reduced copy, of a coding that is unpacked', async () => {
    const { samples, entries, colours: expected } = pictureIn({ photometric: 'rgb', bits: 12 });
    const bytes = tiffFile([thumbnail, pageOf(samples, { bits: 12 }, entries)]);
    expect(await difference(bytes, expected)).toBeLessThan(0.01);
  });

  it('turns what is unpacked upright', async () => {
    const { samples, entries, colours: expected } = pictureIn({ photometric: 'rgb', bits: 12 });
    const turned = { ...samples, at: (x: number, y: number, c: number) => samples.at(22 - x, 18 - y, c) };
    const bytes = encodeTiff(turned, { bits: 12 }, [...entries, [274, 'short', [3]]]);
    expect(await difference(bytes, expected)).toBeLessThan(0.01);
  });
});

describe('colours of a TIFF', () => {
  it.each([
    [2, 1],
    [1, 2],
    [2, 2],
    [4, 2],
    [4, 4],
  ] as const)('in YCbCr, subsampled %i × %i, in strips and tiles', async (across, down) => {
    for (const tiled of [false, true]) {
      for (const compression of ['none', 'lzw'] as const) {
        const subsampling = [across, down] as const;
        const coded = pictureIn({ photometric: 'ycbcr', bits: 8, subsampling });
        const bytes = encodeTiff(coded.samples, { bits: 8, tiled, compression, subsampling }, coded.entries);
        expect(await difference(bytes, coded.colours), `${tiled} ${compression}`).toBeLessThan(0.6);
      }
    }
  });

  it('in YCbCr between 16 and 235', async () => {
    const coded = pictureIn({ photometric: 'ycbcr', bits: 8 });
    const at = (x: number, y: number, c: number) =>
      c === 0
        ? Math.round(16 + (219 * coded.samples.at(x, y, 0)) / 255)
        : Math.round(128 + (224 / 255) * (coded.samples.at(x, y, c) - 128));
    const range = [16, 235, 128, 240, 128, 240].flatMap(v => [v, 1]);
    const bytes = encodeTiff({ ...coded.samples, at }, { bits: 8 }, [
      ...coded.entries,
      [530, 'short', [1, 1]],
      [532, 'rational', range],
    ]);
    expect(await difference(bytes, coded.colours)).toBeLessThan(1);
  });

  it('through a palette of which only the lower bytes are filled', async () => {
    const coded = pictureIn({ photometric: 'palette', bits: 8, extra: ['unspecified'] });
    const entries = coded.entries.map(([tag, type, values]): Entry =>
      tag === 320 ? [tag, type, [...values].map(v => v >> 8)] : [tag, type, values],
    );
    expect(await difference(encodeTiff(coded.samples, { bits: 8 }, entries), coded.colours)).toBeLessThan(
      0.6,
    );
  });

  it.each(['white is zero', 'black is zero'] as const)(
    'of 16-bit grey, through their profile: %s',
    async photometric => {
      const coded = pictureIn({ photometric, bits: 16 });
      const bytes = encodeTiff(coded.samples, { bits: 16 }, [
        ...coded.entries,
        [34675, 'undefined', greyProfile(1)],
      ]);
      const seen = coded.colours.map(v => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
      expect(await difference(bytes, seen)).toBeLessThan(0.8);
    },
  );

  it('of floats, through their profile', async () => {
    const icc = (await sharp(await painting(pictureSize).withIccProfile('p3').tiff().toBuffer()).metadata())
      .icc!;
    const eight = pictureIn(plain);
    const float = pictureIn({ photometric: 'rgb', bits: 32, float: true });
    const profile: Entry = [34675, 'undefined', icc];
    const direct = encodeTiff(eight.samples, { bits: 8 }, [...eight.entries, profile]);
    const { data } = await (await decodeImage(direct, 'x')).at(pictureSize);
    const seen = Float32Array.from({ length: 3 * area }, (_, i) => data[(i % 3) * area + Math.floor(i / 3)]!);
    const unpacked = encodeTiff(float.samples, { bits: 32, float: true }, [...float.entries, profile]);
    expect(await difference(unpacked, seen)).toBeLessThan(1);
    expect(await difference(unpacked, colours)).toBeGreaterThan(3);
  });
});

describe('JPEG inside a TIFF', () => {
  /** One strip that is a whole JPEG file. */
  async function jpegTiff(kind: 'grey' | 'ycbcr' | 'rgb' | 'cmyk', compression: 6 | 7, tiled = false) {
    const width = 32;
    const source = painting({ width, height: width });
    const jpeg = await (
      kind === 'grey' ? source.toColourspace('b-w') : kind === 'cmyk' ? source.toColourspace('cmyk') : source
    )
      .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const channels = kind === 'grey' ? 1 : kind === 'cmyk' ? 4 : 3;
    const photometric = { grey: 1, ycbcr: 6, rgb: 2, cmyk: 5 }[kind];
    const layout: Entry[] = tiled
      ? [
          [322, 'long', [width]],
          [323, 'long', [width]],
        ]
      : [[278, 'long', [width]]];
    const bytes = tiffFile([
      {
        tiled,
        chunks: [jpeg],
        entries: [
          [256, 'long', [width]],
          [257, 'long', [width]],
          [258, 'short', Array.from({ length: channels }, () => 8)],
          [259, 'short', [compression]],
          [262, 'short', [photometric]],
          [277, 'short', [channels]],
          ...layout,
          ...(compression === 6
            ? ([
                [513, 'long', [8]],
                [514, 'long', [jpeg.length]],
              ] as const)
            : []),
          ...(photometric === 6 ? ([[530, 'short', [1, 1]]] as const) : []),
        ],
      },
    ]);
    const size = { width, height: width };
    const inside = await (await decodeImage(jpeg, 'x.jpg')).at(size);
    return { bytes, inside, size };
  }

  it.each([
    ['grey', 7, false],
    ['ycbcr', 7, false],
    ['ycbcr', 7, true],
  ] as const)('%s, compression %i, tiled %s', async (kind, compression, tiled) => {
    const { bytes, inside, size } = await jpegTiff(kind, compression, tiled);
    const { data } = await (await decodeImage(bytes, 'x.tif')).at(size);
    const mean = data.reduce((sum, v, i) => sum + Math.abs(v - inside.data[i]!), 0) / data.length;
    expect(255 * mean).toBeLessThan(1);
  });

  it('of the old style is refused', async () => {
    const { bytes } = await jpegTiff('ycbcr', 6);
    await expect(decodeImage(bytes, 'x.tif')).rejects.toThrow(
      'x.tif cannot be read: Atelier does not support TIFF with old-style JPEG compression.',
    );
  });
});

describe('a TIFF that would be read wrongly is refused by name', () => {
  const one = (meaning: Meaning, entries: readonly Entry[] = []) => {
    const coded = pictureIn(meaning);
    return encodeTiff(coded.samples, { bits: meaning.bits, float: meaning.float ?? false }, [
      ...coded.entries.filter(([tag]) => !entries.some(([other]) => other === tag)),
      ...entries,
    ]);
  };
  const floats = (scale: number, shift = 0) => {
    const coded = pictureIn({ photometric: 'rgb', bits: 32, float: true });
    const at = (x: number, y: number, c: number) => scale * coded.samples.at(x, y, c) + shift;
    return encodeTiff({ ...coded.samples, at }, { bits: 32, float: true }, coded.entries);
  };
  it.each([
    ['floats up to 255', floats(255), /floating-point TIFF with samples from 0 to \d{3}:/],
    ['negative floats', floats(1, -0.5), /floating-point TIFF with samples from -0.35 to 1/],
    ['no numbers', floats(NaN), /floating-point TIFF with samples that are no numbers/],
    ['a colour filter array', one(plain, [[262, 'short', [32803]]]), /camera raw files/],
    ['LogLuv', one(plain, [[262, 'short', [32845]]]), /TIFF in LogLuv colours/],
    ['other inks', one({ photometric: 'cmyk', bits: 8 }, [[332, 'short', [2]]]), /inks other than CMYK/],
    ['unknown colours', one(plain, [[262, 'short', [99]]]), /photometric interpretation 99/],
    [
      'premultiplied CMYK',
      one({ photometric: 'cmyk', bits: 8, extra: ['unassociated'] }, [[338, 'short', [1]]]),
      /premultiplied/,
    ],
  ])('%s', async (_name, bytes, reason) => {
    const refusal = expect(decodeImage(bytes, 'x.tif')).rejects;
    await refusal.toThrow(reason);
    await refusal.toMatchObject({ code: 'image-unsupported' });
  });

  it.each([
    [50000, 'Zstandard compression'],
    [50001, 'WebP compression'],
    [34712, 'JPEG 2000 compression'],
    [34887, 'LERC compression'],
    [12345, 'compression 12345'],
  ])('compression %i', async (compression, words) => {
    const bytes = tiffFile([
      {
        ...page(),
        entries: page().entries.map(([tag, type, values]): Entry => [
          tag,
          type,
          tag === 259 ? [compression] : values,
        ]),
      },
    ]);
    await expect(decodeImage(bytes, 'x.tif')).rejects.toThrow(`Atelier does not support TIFF with ${words}.`);
  });

  it.each([
    ['signed samples', 339, [2, 2, 2], 'signed samples'],
    ['complex numbers', 339, [6, 6, 6], 'complex numbers'],
    ['channels of different depths', 258, [5, 6, 5], 'channels of different kinds'],
  ])('%s', async (_name, wanted, values, words) => {
    const bytes = tiffFile([
      {
        ...page(),
        entries: page().entries.map(([tag, type, old]): Entry => [tag, type, tag === wanted ? values : old]),
      },
    ]);
    await expect(decodeImage(bytes, 'x.tif')).rejects.toThrow(`Atelier does not support TIFF with ${words}.`);
  });
});

describe('a damaged TIFF', () => {
  it('with directories in a circle ends', async () => {
    const bytes = tiffFile([page([[254, 'long', [1]]]), page([[254, 'long', [1]]])]);
    const first = bytes.readUInt32LE(4);
    const entries = bytes.readUInt16LE(first);
    bytes.writeUInt32LE(first, first + 2 + 12 * entries);
    await expect(decodeImage(bytes, 'x.tif')).rejects.toMatchObject({
      code: 'image-corrupt',
      message: 'x.tif is damaged: its header cannot be read.',
    });
  });

  it('cut short anywhere is called damaged, in no library’s words', async () => {
    const coded = pictureIn({ photometric: 'rgb', bits: 12 });
    const whole = encodeTiff(coded.samples, { bits: 12, planar: true, compression: 'lzw' }, coded.entries);
    for (let length = 9; length < whole.length; length += 97) {
      await expect(decodeImage(whole.subarray(0, length), 'x.tif')).rejects.toMatchObject({
        message: expect.stringMatching(
          /^x\.tif is damaged(: its header cannot be read| or cut short)\.$/,
        ) as string,
      });
    }
  });
});
