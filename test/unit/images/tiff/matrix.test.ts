import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../../src/images/decode';
import { encodeTiff, type Layout } from './coding';
import { type Compression, compressions } from './compression';
import { type Coded, type Extra, type Meaning, type Photometric, pictureIn, pictureSize } from './samples';

/** Every kind of colours and depth; `f` marks floats. */
const depths: Record<Photometric, readonly (number | `f${number}`)[]> = {
  'white is zero': [1, 2, 4, 8, 12, 16, 32, 'f32'],
  'black is zero': [1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 24, 32, 'f16', 'f24', 'f32', 'f64'],
  rgb: [1, 2, 4, 8, 12, 16, 32, 'f16', 'f32', 'f64'],
  palette: [1, 2, 4, 8, 12, 16],
  cmyk: [8, 16, 'f32'],
  ycbcr: [8],
  cielab: [8, 16],
  icclab: [8, 16],
};
const extras: readonly (readonly Extra[])[] = [
  [],
  ['unspecified'],
  ['unassociated'],
  ['associated'],
  ['unassociated', 'unspecified'],
  ['unspecified', 'unassociated'],
];
const compressionNames = Object.keys(compressions) as Compression[];
const area = pictureSize.width * pictureSize.height;

/**
 * Layouts for a meaning: planes and tiles in all combinations; what has nothing to do with colours takes turns, so that
 * over the whole matrix everything meets everything.
 */
let turn = 0;
function layoutsOf({ bits, float }: Meaning): Layout[] {
  const predictors = float ? [1, 3] : [8, 16, 32].includes(bits) ? [1, 2] : [1];
  return [false, true].flatMap(planar =>
    [false, true].map(tiled => {
      turn++;
      const compression = compressionNames[turn % 5]!;
      const predictor = predictors[Math.floor(turn / 5) % predictors.length] as 1 | 2 | 3;
      return {
        ...{ bits, planar, tiled, float: float ?? false },
        compression,
        predictor,
        bigEndian: turn % 3 === 0,
        bigTiff: turn % 7 === 0,
        reversed: turn % 4 === 0,
        rowsPerStrip: [5, 8, 19][turn % 3]!,
      };
    }),
  );
}

/** Mean difference in levels of 255 of colours and of opacity; transparent pixels have no colour. */
async function differences(bytes: Buffer, { colours, opacity }: Coded, expected: Float32Array = colours) {
  const image = await decodeImage(bytes, 'x.tif');
  const { data } = await image.at(pictureSize);
  const alpha = await image.alphaAt(pictureSize);
  let [colour, veil, counted] = [0, 0, 0];
  for (let i = 0; i < area; i++) {
    veil += Math.abs((alpha?.[i] ?? 1) - (opacity?.[i] ?? 1));
    if (opacity?.[i] === 0) continue;
    counted++;
    for (let c = 0; c < 3; c++) colour += Math.abs(data[c * area + i]! - expected[3 * i + c]!) / 3;
  }
  return { colour: (255 * colour) / Math.max(1, counted), opacity: (255 * veil) / area };
}

/** CMYK has no formula: what libvips makes of the plainest file with the four channels. */
async function cmykColours({ samples, entries }: Coded, white: number): Promise<Float32Array> {
  const at = (x: number, y: number, c: number) => Math.round((255 * samples.at(x, y, c)) / white);
  const plain = encodeTiff({ ...samples, channels: 4, at }, { bits: 8 }, [entries[0]!]);
  return Float32Array.from(await sharp(plain).toColourspace('srgb').raw().toBuffer(), v => v / 255);
}

function meaningsOf(photometric: Photometric): (readonly [string, Meaning])[] {
  return depths[photometric].flatMap(depth =>
    extras
      .filter(
        extra => !extra.includes('associated') || photometric === 'rgb' || photometric === 'black is zero',
      )
      // Their conversion takes long, and has nothing to do with what lies beside the colours.
      .filter(extra => photometric !== 'cmyk' || (extra.length < 2 && extra[0] !== 'unspecified'))
      .map(extra => {
        const float = typeof depth === 'string';
        const bits = float ? Number(depth.slice(1)) : depth;
        return [
          `${depth} bits, ${extra.join(' and ') || 'no alpha'}`,
          { photometric, bits, float, extra },
        ] as const;
      }),
  );
}

describe.each(Object.keys(depths) as Photometric[])('TIFF, %s', photometric => {
  it.each(meaningsOf(photometric))('%s, in every layout', async (_name, meaning) => {
    const coded = pictureIn(meaning);
    const isCmyk = photometric === 'cmyk';
    const expected = isCmyk
      ? await cmykColours(coded, meaning.float ? 1 : 2 ** meaning.bits - 1)
      : coded.colours;
    // The factors of subsampling would be 2 and 2 without their tag.
    const shared = photometric === 'ycbcr' ? ([[530, 'short', [1, 1]]] as const) : [];
    for (const layout of layoutsOf(meaning)) {
      const bytes = encodeTiff(coded.samples, layout, [...coded.entries, ...shared]);
      const what = JSON.stringify({ ...meaning, ...layout });
      const found = await differences(bytes, coded, expected);
      expect(found.colour, what).toBeLessThan(isCmyk ? 1 : 0.6);
      expect(found.opacity, what).toBeLessThan(0.6);
    }
  });
});

describe('the files of this matrix', () => {
  it.each([8, 16, 'f32'] as const)('hold the samples that libtiff finds: %s bits', async depth => {
    const float = depth === 'f32';
    const meaning = { photometric: 'rgb', bits: float ? 32 : depth, float } as const;
    const { samples, entries } = pictureIn(meaning);
    const written = Array.from({ length: 3 * area }, (_, i) => {
      const pixel = Math.floor(i / 3);
      return samples.at(pixel % pictureSize.width, Math.floor(pixel / pictureSize.width), i % 3);
    });
    for (const compression of compressionNames) {
      for (const layout of layoutsOf(meaning)) {
        if (layout.planar && layout.tiled) continue;
        const bytes = encodeTiff(samples, { ...layout, compression }, entries);
        const { data } = await sharp(bytes)
          .toColourspace(float ? 'scrgb' : depth === 16 ? 'rgb16' : 'srgb')
          .raw({ depth: float ? 'float' : depth === 16 ? 'ushort' : 'uchar' })
          .toBuffer({ resolveWithObject: true });
        const { buffer, byteOffset, byteLength } = data;
        const found = float
          ? new Float32Array(buffer, byteOffset, byteLength / 4)
          : depth === 16
            ? new Uint16Array(buffer, byteOffset, byteLength / 2)
            : data;
        const what = JSON.stringify({ ...layout, compression });
        expect(Array.from(found), what).toEqual(float ? Array.from(Float32Array.from(written)) : written);
      }
    }
  });
});
