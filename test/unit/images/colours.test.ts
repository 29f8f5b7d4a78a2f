import { buf as crc32 } from 'crc-32';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../src/images/decode';
import { paintBytes, painting } from './pictures';

const size = { width: 32, height: 24 };
const area = size.width * size.height;

/** Encodes linear light by sRGB's curve, to levels of 255. */
function srgb(linear: number): number {
  const v = Math.min(1, Math.max(0, linear));
  return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
}
function fromSrgb(v: number): number {
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}
/** Linear Display P3 to linear sRGB (CSS Color 4). */
function p3([r, g, b]: readonly number[]): number[] {
  return [
    [1.2249401763, -0.2249401763, 0],
    [-0.0420569547, 1.0420569547, 0],
    [-0.0196375546, -0.0786360656, 1.0982736202],
  ].map(([x, y, z]) => x! * r! + y! * g! + z! * b!);
}

const pixels = Array.from({ length: area }, (_, i) =>
  Array.from(paintBytes(size).subarray(3 * i, 3 * i + 3)),
);

/** Mean difference in levels of 255 of what is seen and what each stored pixel should look like. */
async function difference(
  bytes: Buffer,
  look: (pixel: readonly number[]) => readonly number[],
  stored = pixels,
) {
  const { data } = await (await decodeImage(bytes, 'x')).at(size);
  let sum = 0;
  stored.forEach((pixel, i) => {
    look(pixel.map(v => v / 255)).forEach((level, c) => (sum += Math.abs(255 * data[c * area + i]! - level)));
  });
  return sum / (3 * area);
}

describe('a PNG', () => {
  function chunk(type: string, ...values: readonly number[]): Buffer {
    const body = Buffer.concat([
      Buffer.from(type, 'latin1'),
      type === 'cICP' || type === 'sRGB'
        ? Buffer.from(values)
        : Buffer.concat(values.map(v => Buffer.from(Uint32Array.of(v).buffer).swap32())),
    ]);
    const bytes = Buffer.alloc(8 + body.length);
    bytes.writeUInt32BE(body.length - 4, 0);
    body.copy(bytes, 4);
    bytes.writeInt32BE(crc32(body), 4 + body.length);
    return bytes;
  }
  const withChunks = async (png: Promise<Buffer>, ...chunks: readonly Buffer[]) => {
    const bytes = await png;
    return Buffer.concat([bytes.subarray(0, 33), ...chunks, bytes.subarray(33)]);
  };
  const plain = () => painting(size).png().toBuffer();
  const same = (pixel: readonly number[]) => pixel.map(v => 255 * v);
  const srgbChromaticities = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];
  const p3Chromaticities = [31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000];

  it.each([
    ['linear', [chunk('gAMA', 100000)], (pixel: readonly number[]) => pixel.map(srgb)],
    [
      'of an old Macintosh',
      [chunk('gAMA', 55556)],
      (pixel: readonly number[]) => pixel.map(v => srgb(v ** 1.8)),
    ],
    ['of the usual gamma', [chunk('gAMA', 45455), chunk('cHRM', ...srgbChromaticities)], same],
    ['whose sRGB goes before its gamma', [chunk('sRGB', 0), chunk('gAMA', 100000)], same],
    ['of no gamma', [chunk('gAMA', 0)], same],
    [
      'of other primaries',
      [chunk('gAMA', 45455), chunk('cHRM', ...p3Chromaticities)],
      (pixel: readonly number[]) => p3(pixel.map(fromSrgb)).map(srgb),
    ],
    [
      'in Display P3 by code points',
      [chunk('cICP', 12, 13, 0, 1), chunk('gAMA', 100000)],
      (pixel: readonly number[]) => p3(pixel.map(fromSrgb)).map(srgb),
    ],
    ['in sRGB by code points', [chunk('cICP', 1, 13, 0, 1), chunk('gAMA', 100000)], same],
  ])('%s', async (_name, chunks, look) => {
    expect(await difference(await withChunks(plain(), ...chunks), look)).toBeLessThan(0.8);
  });

  it.each([8, 16])('in linear grey of %i bits, with and without alpha', async bits => {
    const grey = pixels.map(([level]) => [level!, level!, level!]);
    const top = bits === 8 ? 1 : 257;
    for (const channels of [1, 2] as const) {
      const samples = pixels.flatMap(([level]) => [level! * top, 255 * top].slice(0, channels));
      const raw = { ...size, channels };
      const png = sharp(bits === 8 ? Uint8Array.from(samples) : Uint16Array.from(samples), { raw })
        .toColourspace(bits === 8 ? 'b-w' : 'grey16')
        .png()
        .toBuffer();
      const bytes = await withChunks(png, chunk('gAMA', 100000));
      expect(await difference(bytes, pixel => pixel.map(srgb), grey), `${channels}`).toBeLessThan(0.8);
    }
  });

  it('linear, of 16 bits', async () => {
    const wide = Uint16Array.from(paintBytes(size), v => v * 257);
    const png = sharp(wide, { raw: { ...size, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    const bytes = await withChunks(png, chunk('gAMA', 100000));
    expect(await difference(bytes, pixel => pixel.map(srgb))).toBeLessThan(0.5);
  });

  it('linear, with a palette', async () => {
    const png = painting(size).png({ palette: true, colours: 256, dither: 0 }).toBuffer();
    const { data } = await sharp(await png)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const stored = Array.from({ length: area }, (_, i) => Array.from(data.subarray(3 * i, 3 * i + 3)));
    const bytes = await withChunks(png, chunk('gAMA', 100000));
    expect(await difference(bytes, pixel => pixel.map(srgb), stored)).toBeLessThan(0.8);
  });

  it.each([16, 18])('of high dynamic range is refused: %i', async transfer => {
    const bytes = await withChunks(plain(), chunk('cICP', 9, transfer, 0, 1));
    await expect(decodeImage(bytes, 'x.png')).rejects.toThrow(
      'not support high dynamic range pictures (HDR)',
    );
  });
});

describe('a JPEG', () => {
  const encoded = () => painting(size).jpeg({ quality: 95 }).toBuffer();
  it.each([
    ['12 bits', 0xc1, 12, 'JPEG with 12 bits a sample'],
    ['lossless', 0xc3, 8, 'lossless JPEG'],
    ['hierarchical', 0xc5, 8, 'hierarchical JPEG'],
    ['JPEG-LS', 0xf7, 8, 'JPEG-LS'],
  ])('%s is refused', async (_name, marker, bits, words) => {
    const bytes = await encoded();
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes[frame + 1] = marker;
    bytes[frame + 4] = bits;
    await expect(decodeImage(bytes, 'x.jpg')).rejects.toThrow(
      `x.jpg cannot be read: Atelier does not support ${words}.`,
    );
  });
});

describe('an AVIF', () => {
  const rgb = () => painting(size).avif({ lossless: true, chromaSubsampling: '4:4:4' }).toBuffer();
  /** Adds a box of code points to the properties of the only image of an AVIF as sharp writes it. */
  function withCodePoints(bytes: Buffer, primaries: number, transfer: number): Buffer {
    const box = Buffer.alloc(19);
    box.writeUInt32BE(19, 0);
    box.write('colrnclx', 4, 'latin1');
    [primaries, transfer, 0].forEach((v, i) => box.writeUInt16BE(v, 12 + 2 * i));
    box[18] = 0x80;
    const at = bytes.indexOf('ipma') - 4;
    const association = Buffer.concat([bytes.subarray(at, at + bytes.readUInt32BE(at)), Buffer.alloc(1)]);
    const count = association.length - 1;
    const properties = bytes.readUInt32BE(bytes.indexOf('ipco') - 4);
    // The image's own properties are counted in the byte behind its number.
    association.writeUInt32BE(count + 1, 0);
    association[18] = (association[18] ?? 0) + 1;
    let boxes = 0;
    const container = bytes.indexOf('ipco') - 4;
    for (let p = container + 8; p < container + properties; p += bytes.readUInt32BE(p)) boxes++;
    association[count] = boxes + 1;
    const grown = Buffer.concat([bytes.subarray(0, at), box, association, bytes.subarray(at + count)]);
    for (const [type, more] of [
      ['meta', 20],
      ['iprp', 20],
      ['ipco', 19],
    ] as const) {
      const start = grown.indexOf(type) - 4;
      grown.writeUInt32BE(grown.readUInt32BE(start) + more, start);
    }
    // The data has moved: the only offset stands in the last eight bytes of iloc.
    const location = grown.indexOf('iloc') - 4;
    const offset = location + grown.readUInt32BE(location) - 8;
    grown.writeUInt32BE(grown.readUInt32BE(offset) + 20, offset);
    return grown;
  }

  it('in Display P3 by code points is converted', async () => {
    const bytes = withCodePoints(await rgb(), 12, 13);
    expect(await difference(bytes, pixel => p3(pixel.map(fromSrgb)).map(srgb))).toBeLessThan(0.8);
  });

  it('in sRGB by code points is left alone', async () => {
    const bytes = withCodePoints(await rgb(), 1, 13);
    expect(await difference(bytes, pixel => pixel.map(v => 255 * v))).toBeLessThan(0.8);
  });

  it('of high dynamic range is refused', async () => {
    const bytes = withCodePoints(await rgb(), 9, 16);
    await expect(decodeImage(bytes, 'x.avif')).rejects.toThrow(
      'not support high dynamic range pictures (HDR)',
    );
  });
});
