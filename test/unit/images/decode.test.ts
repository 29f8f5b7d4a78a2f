import * as fs from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage, readImage } from '../../../src/images/decode';
import { floatImage, paintBytes, painting, psnr, temporaryFolder } from './pictures';

const size = { width: 64, height: 40 };
const area = size.width * size.height;
const painted = floatImage(size, paintBytes(size));
const inFolder = temporaryFolder();

describe('formats', () => {
  const lossless = 80;
  const cases = {
    png: [() => painting(size).png(), 'png', lossless],
    'interlaced png': [() => painting(size).png({ progressive: true }), 'png', lossless],
    'palette png': [() => painting(size).png({ palette: true }), 'png', 30],
    jpeg: [() => painting(size).jpeg({ quality: 95 }), 'jpeg', 36],
    'progressive jpeg': [() => painting(size).jpeg({ quality: 95, progressive: true }), 'jpeg', 36],
    'lossless webp': [() => painting(size).webp({ lossless: true }), 'webp', lossless],
    'lossy webp': [() => painting(size).webp({ quality: 95 }), 'webp', 33],
    'lossless avif': [
      () => painting(size).avif({ lossless: true, chromaSubsampling: '4:4:4' }),
      'avif',
      lossless,
    ],
    gif: [() => painting(size).gif(), 'gif', 30],
    'lzw tiff': [() => painting(size).tiff({ compression: 'lzw' }), 'tiff', lossless],
    'tiled bigtiff': [
      () => painting(size).tiff({ compression: 'deflate', bigtiff: true, tile: true }),
      'tiff',
      lossless,
    ],
  } as const;
  it.each(Object.entries(cases))('%s', async (_name, [encode, format, decibels]) => {
    const image = await decodeImage(await encode().toBuffer(), 'x');
    expect(image).toMatchObject({ ...size, format, hasAlpha: false });
    const seen = psnr(await image.at(size), painted);
    expect(seen).toBeGreaterThan(decibels);
    expect(await image.alphaAt(size)).toBeUndefined();
  });

  it('goes by the content of a file, whatever its name', async () => {
    fs.writeFileSync(inFolder('photo.jpg'), await painting(size).png().toBuffer());
    expect(await readImage(inFolder('photo.jpg'))).toMatchObject({ ...size, format: 'png' });
  });

  it('reads the newest version of a file under the same name', async () => {
    const file = inFolder('changing.png');
    fs.writeFileSync(file, await painting(size).png().toBuffer());
    await readImage(file);
    fs.writeFileSync(file, await painting(size).negate().png().toBuffer());
    const again = await (await readImage(file)).at(size);
    expect(again.data[0]).toBeCloseTo(1 - painted.data[0]!, 6);
  });

  it('holds 8-bit pixels at one byte a sample', async () => {
    const image = await decodeImage(await painting(size).jpeg().toBuffer(), 'x');
    expect(image.bytes).toBe(3 * area);
  });

  it.each(['gif', 'webp'] as const)('takes the first frame of an animated %s', async format => {
    const second = await painting(size).negate().raw().toBuffer();
    const frames = Buffer.concat([paintBytes(size), second]);
    const raw = { width: size.width, height: 2 * size.height, channels: 3, pageHeight: size.height } as const;
    const film = sharp(frames, { raw });
    const bytes = await (format === 'gif' ? film.gif() : film.webp({ lossless: true })).toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    const image = await decodeImage(bytes, 'x');
    expect(image).toMatchObject(size);
    expect(psnr(await image.at(size), painted)).toBeGreaterThan(30);
  });
});

describe('EXIF orientation', () => {
  const { width: w, height: h } = size;
  // Where the pixel stored at (x, y) is to be seen, by the table in EXIF 2.3, section 4.6.4 A.
  const shown: Record<number, (x: number, y: number) => [number, number]> = {
    1: (x, y) => [x, y],
    2: (x, y) => [w - 1 - x, y],
    3: (x, y) => [w - 1 - x, h - 1 - y],
    4: (x, y) => [x, h - 1 - y],
    5: (x, y) => [y, x],
    6: (x, y) => [w - 1 - y, x],
    7: (x, y) => [w - 1 - y, h - 1 - x],
    8: (x, y) => [y, h - 1 - x],
  };
  const upright = paintBytes(size);
  const cases = Object.keys(shown).flatMap(o =>
    (['jpeg', 'webp', 'tiff', 'png'] as const).map(f => [+o, f] as const),
  );
  it.each(cases)('%i in a %s', async (orientation, format) => {
    const [width, height] = orientation > 4 ? [h, w] : [w, h];
    const stored = new Uint8Array(3 * area);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [u, v] = shown[orientation]!(x, y);
        stored.set(upright.subarray(3 * (v * w + u), 3 * (v * w + u) + 3), 3 * (y * width + x));
      }
    }
    const lossless = format === 'webp' ? { lossless: true } : format === 'jpeg' ? { quality: 95 } : {};
    const bytes = await sharp(stored, { raw: { width, height, channels: 3 } })
      .withMetadata({ orientation })
      .toFormat(format, format === 'tiff' ? { compression: 'lzw' } : lossless)
      .toBuffer();
    expect((await sharp(bytes).metadata()).orientation).toBe(orientation);
    const image = await decodeImage(bytes, 'x');
    expect(image).toMatchObject(size);
    expect(psnr(await image.at(size), painted)).toBeGreaterThan(35);
  });
});

describe('colour', () => {
  const encoders = {
    png: () => painting(size).withIccProfile('p3').png(),
    jpeg: () => painting(size).withIccProfile('p3').jpeg({ quality: 98, chromaSubsampling: '4:4:4' }),
    webp: () => painting(size).withIccProfile('p3').webp({ lossless: true }),
    tiff: () => painting(size).withIccProfile('p3').tiff({ compression: 'lzw' }),
    avif: () => painting(size).withIccProfile('p3').avif({ lossless: true, chromaSubsampling: '4:4:4' }),
  };
  it.each(Object.entries(encoders))('converts Display P3 in a %s to sRGB', async (_name, encode) => {
    const bytes = await encode().toBuffer();
    const stored = floatImage(size, await sharp(bytes).keepIccProfile().raw().toBuffer());
    expect(psnr(stored, painted)).toBeLessThan(36);
    const image = await decodeImage(bytes, 'x');
    expect(psnr(await image.at(size), painted)).toBeGreaterThan(42);
  });

  it('converts 16-bit Display P3 to sRGB without losing its precision', async () => {
    // sharp does not convert untagged 16-bit colours when it tags them: these numbers are stored, as P3.
    const wide = Uint16Array.from(paintBytes(size), (v, i) => v * 257 + (i % 200));
    const source = sharp(wide, { raw: { ...size, channels: 3 } }).toColourspace('rgb16');
    const bytes = await source.withIccProfile('p3').png().toBuffer();
    const seen = await (await decodeImage(bytes, 'x')).at(size);
    const converted = Array.from({ length: area }, (_, i) => p3ToSrgb([...wide.subarray(3 * i, 3 * i + 3)]));
    // The small profiles inside libvips bend a little near black.
    expect(psnr(seen, floatImage(size, converted.flat(), 1))).toBeGreaterThan(45);
    expect(psnr(seen, floatImage(size, wide, 65535))).toBeLessThan(36);
    const levels = new Set(seen.data.subarray(0, area).map(v => Math.round(v * 65535)));
    expect(levels.size).toBeGreaterThan(400);
  });

  it('takes 16-bit colours without a profile for sRGB and keeps every bit', async () => {
    const wide = Uint16Array.from({ length: 3 * area }, (_, i) => (i * 40503) & 0xffff);
    const source = sharp(wide, { raw: { ...size, channels: 3 } }).toColourspace('rgb16');
    for (const bytes of [
      await source.clone().png().toBuffer(),
      await source.clone().tiff({ compression: 'deflate' }).toBuffer(),
    ]) {
      const image = await decodeImage(bytes, 'x');
      expect(image.bytes).toBe(6 * area);
      expect((await image.at(size)).data).toEqual(floatImage(size, wide, 65535).data);
    }
  });

  it.each([10, 12] as const)('gives %i-bit AVIF its full range', async bitdepth => {
    const samples = new Uint8Array(3 * area).fill(255);
    samples.fill(0, 0, 3 * 32 * 16);
    const white = sharp(samples, { raw: { ...size, channels: 3 } }).toColourspace('rgb16');
    const bytes = await white.avif({ bitdepth, lossless: true, chromaSubsampling: '4:4:4' }).toBuffer();
    const { data } = await (await decodeImage(bytes, 'x')).at(size);
    expect(data[area - 1]).toBe(1);
    expect(data[0]).toBe(0);
  });

  it.each([8, 16])('reads %i-bit grey, and grey with alpha', async bits => {
    const top = bits === 8 ? 255 : 65535;
    const grey = Array.from({ length: area }, (_, i) => Math.round((top * (i % 64)) / 63));
    const type = bits === 8 ? Uint8Array : Uint16Array;
    const space = bits === 8 ? 'b-w' : 'grey16';
    const plain = await sharp(type.from(grey), { raw: { ...size, channels: 1 } })
      .toColourspace(space)
      .png()
      .toBuffer();
    const image = await decodeImage(plain, 'x');
    const expected = Float32Array.from(grey, v => v / top);
    const { data } = await image.at(size);
    for (let c = 0; c < 3; c++) expect(data.slice(c * area, (c + 1) * area)).toEqual(expected);

    const withAlpha = grey.flatMap(v => [v, Math.round(top / 2)]);
    const veiled = await sharp(type.from(withAlpha), { raw: { ...size, channels: 2 } })
      .toColourspace(space)
      .png()
      .toBuffer();
    expect((await sharp(veiled).metadata()).channels).toBe(2);
    const ghost = await decodeImage(veiled, 'x');
    expect(ghost.hasAlpha).toBe(true);
    expect((await ghost.at(size)).data).toEqual(data);
    expect((await ghost.alphaAt(size))![5]).toBeCloseTo(0.5, 2);
  });

  it('converts CMYK with and without a profile', async () => {
    const muted = await painting(size).modulate({ saturation: 0.5 }).raw().toBuffer();
    const source = () => sharp(muted, { raw: { ...size, channels: 3 } }).toColourspace('cmyk');
    const tagged = await source().withIccProfile('cmyk').jpeg({ quality: 98 }).toBuffer();
    const bare = await sharp(tagged)
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .jpeg({ quality: 98 })
      .toBuffer();
    for (const [bytes, profile] of [
      [tagged, true],
      [bare, false],
    ] as const) {
      expect(await sharp(bytes).metadata()).toMatchObject({
        space: 'cmyk',
        channels: 4,
        hasProfile: profile,
      });
      const image = await decodeImage(bytes, 'x');
      expect(image.hasAlpha).toBe(false);
      expect(psnr(await image.at(size), floatImage(size, muted))).toBeGreaterThan(28);
    }
  });
});

/** 16-bit Display P3 to sRGB by the published primaries of both, in double precision. */
function p3ToSrgb(colour: readonly number[]): number[] {
  const linear = colour
    .map(level => level / 65535)
    .map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  const matrix = [
    [1.2249401763, -0.2249401763, 0],
    [-0.0420569547, 1.0420569547, 0],
    [-0.0196375546, -0.0786360656, 1.0982736202],
  ];
  return matrix.map(row => {
    const v = Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, m, i) => sum + m * linear[i]!, 0),
      ),
    );
    return v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
  });
}

describe('alpha', () => {
  /** The painting in a disc, garbage under full transparency outside. */
  function cutOut(): Uint8Array {
    const rgb = paintBytes(size);
    const rgba = new Uint8Array(4 * area);
    for (let i = 0; i < area; i++) {
      const inside = Math.hypot((i % 64) - 32, Math.floor(i / 64) - 20) < 15;
      rgba.set(
        inside ? [...rgb.subarray(3 * i, 3 * i + 3), 255] : [(i * 97) & 255, (i * 31) & 255, 255, 0],
        4 * i,
      );
    }
    return rgba;
  }
  const open = () => sharp(cutOut(), { raw: { ...size, channels: 4 } });

  it.each([
    ['png', () => open().png()],
    ['webp', () => open().webp({ lossless: true, exact: true })],
    ['avif', () => open().avif({ lossless: true, chromaSubsampling: '4:4:4' })],
    ['tiff', () => open().tiff({ compression: 'lzw' })],
    ['gif', () => open().gif()],
  ] as const)('is kept apart from the colours of a %s', async (_name, encode) => {
    const image = await decodeImage(await encode().toBuffer(), 'x');
    expect(image.hasAlpha).toBe(true);
    const alpha = (await image.alphaAt(size))!;
    expect(alpha).toHaveLength(area);
    expect(alpha[20 * 64 + 32]).toBe(1);
    expect(alpha[0]).toBe(0);
    // The garbage outside is gone: the corner has a colour like those at the rim, not blue 255.
    const { data } = await image.at(size);
    expect(data[2 * area]).toBeLessThan(0.85);
    expect(data[20 * 64 + 32]).toBeCloseTo(painted.data[20 * 64 + 32]!, 1);
  });

  it('does not let hidden colours into a reduced image', async () => {
    const half = { width: 32, height: 20 };
    const garbage = await decodeImage(await open().png().toBuffer(), 'x');
    const clean = cutOut();
    for (let i = 0; i < area; i++) if (clean[4 * i + 3] === 0) clean.fill(0, 4 * i, 4 * i + 3);
    const black = await decodeImage(
      await sharp(clean, { raw: { ...size, channels: 4 } })
        .png()
        .toBuffer(),
      'x',
    );
    expect((await garbage.at(half)).data).toEqual((await black.at(half)).data);
    expect(Math.max(...(await garbage.at(half)).data.subarray(2 * 640))).toBeLessThan(0.85);
  });

  it('counts a full alpha channel as none', async () => {
    const bytes = await painting(size).ensureAlpha(1).png().toBuffer();
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(true);
    const image = await decodeImage(bytes, 'x');
    expect(image.hasAlpha).toBe(false);
    const half = { width: 32, height: 20 };
    const plain = await decodeImage(await painting(size).png().toBuffer(), 'x');
    for (const wanted of [size, half])
      expect((await image.at(wanted)).data).toEqual((await plain.at(wanted)).data);
  });
});
