import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../src/images/decode';
import { encodeImage } from '../../../src/images/encode';
import { floatImage, paintBytes, psnr } from './pictures';

const size = { width: 70, height: 50 };
const area = size.width * size.height;
const painted = floatImage(size, paintBytes(size));

describe('encodeImage', () => {
  it('writes a PNG that is the image to the last bit', async () => {
    const bytes = await encodeImage(painted, { format: 'png' });
    const image = await decodeImage(bytes, 'x');
    expect(image).toMatchObject({ ...size, format: 'png', hasAlpha: false });
    expect((await image.at(size)).data).toEqual(painted.data);
  });

  it.each([
    ['jpeg', 36],
    ['webp', 34],
  ] as const)('writes a %s close to the image, closer with higher quality', async (format, decibels) => {
    const seen = await Promise.all(
      [undefined, 30, 100].map(async quality => {
        const options = quality === undefined ? { format } : { format, quality };
        return psnr(await (await decodeImage(await encodeImage(painted, options), 'x')).at(size), painted);
      }),
    );
    expect(seen[0]).toBeGreaterThan(decibels);
    expect(seen[1]).toBeLessThan(seen[0]!);
    expect(seen[2]).toBeGreaterThan(seen[1]!);
  });

  it('keeps the full resolution of colours in a jpeg', async () => {
    const bytes = await encodeImage(painted, { format: 'jpeg' });
    expect((await sharp(bytes).metadata()).chromaSubsampling).toBe('4:4:4');
  });

  it('clamps and rounds to the nearest of 256 levels', async () => {
    const values = [-3, -1e-9, 0.4 / 255, 0.6 / 255, 254.4 / 255, 254.6 / 255, 1.2, NaN, Infinity];
    const image = {
      width: 3,
      height: 1,
      data: Float32Array.from([0, 3, 6, 1, 4, 7, 2, 5, 8].map(i => values[i]!)),
    };
    const raw = await sharp(await encodeImage(image, { format: 'png' }))
      .raw()
      .toBuffer();
    expect([...raw]).toEqual([0, 0, 0, 1, 254, 255, 255, 0, 255]);
  });

  it.each(['png', 'webp'] as const)('puts alpha back on a %s, from floats or bytes', async format => {
    const ramp = Uint8Array.from({ length: area }, (_, i) => 30 + (i % 200));
    for (const alpha of [ramp, Float32Array.from(ramp, v => v / 255)]) {
      const image = await decodeImage(await encodeImage(painted, { format, alpha, quality: 100 }), 'x');
      expect(image.hasAlpha).toBe(true);
      expect(Array.from((await image.alphaAt(size))!, v => Math.round(v * 255))).toEqual([...ramp]);
      expect(psnr(await image.at(size), painted)).toBeGreaterThan(30);
    }
  });

  it('puts a transparent JPEG on white', async () => {
    const alpha = new Float32Array(area).fill(1, area / 2);
    const { data } = await (
      await decodeImage(await encodeImage(painted, { format: 'jpeg', alpha }), 'x')
    ).at(size);
    expect(data[0]).toBeGreaterThan(0.97);
    expect(data[area - 1]).toBeCloseTo(painted.data[area - 1]!, 1);
  });

  it('carries alpha from a source through to a result', async () => {
    const rgba = new Uint8Array(4 * 64 * 64).fill(90);
    for (let i = 0; i < 4096; i++) rgba[4 * i + 3] = Math.hypot((i % 64) - 32, (i >> 6) - 32) < 20 ? 255 : 0;
    const source = sharp(rgba, { raw: { width: 64, height: 64, channels: 4 } });
    const image = await decodeImage(await source.png().toBuffer(), 'x');
    const small = { width: 32, height: 32 };
    const alpha = (await image.alphaAt(small))!;
    const result = await decodeImage(await encodeImage(await image.at(small), { format: 'png', alpha }), 'x');
    const seen = (await result.alphaAt(small))!;
    expect(Math.max(...seen.map((v, i) => Math.abs(v - alpha[i]!)))).toBeLessThan(0.5 / 255 + 1e-6);
    expect([seen[0], seen[16 * 32 + 16]]).toEqual([0, 1]);
    // No fringe: every colour is that of the disc.
    const { data } = await result.at(small);
    expect(Math.max(...data.map(v => Math.abs(v - 90 / 255)))).toBeLessThan(2 / 255);
  });

  it('gives the same bytes every time', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      expect(await encodeImage(painted, { format })).toEqual(await encodeImage(painted, { format }));
    }
  });
});
