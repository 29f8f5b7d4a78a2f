import * as fs from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePreview, thumbnail } from '../../../src/images/preview';
import { floatImage, paintBytes, painting, psnr, temporaryFolder } from './pictures';

const size = { width: 300, height: 200 };
const image = floatImage(size, paintBytes(size));
const inFolder = temporaryFolder();

describe('encodePreview', () => {
  it('is a JPEG of at most the side asked for', async () => {
    const preview = await encodePreview(image, 150);
    expect(await sharp(preview).metadata()).toMatchObject({ format: 'jpeg', width: 150, height: 100 });
    const tall = { width: 200, height: 300 };
    const upright = await encodePreview(floatImage(tall, paintBytes(tall)), 150);
    expect(await sharp(upright).metadata()).toMatchObject({ width: 100, height: 150 });
  });

  it('keeps the size and the look of a smaller image', async () => {
    const { data, info } = await sharp(await encodePreview(image, 1024))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject(size);
    expect(psnr(floatImage(size, data), image)).toBeGreaterThan(34);
  });

  it('takes values out of range, as the optimizer leaves them', async () => {
    const wild = { ...image, data: image.data.map((v, i) => v + (i % 2 ? 3 : -3)) };
    expect((await encodePreview(wild, 100)).length).toBeGreaterThan(100);
  });
});

describe('thumbnail', () => {
  it('is upright, in sRGB, of at most the side asked for', async () => {
    const turned = await painting(size)
      .withIccProfile('p3')
      .withMetadata({ orientation: 6, icc: 'p3' })
      .jpeg({ quality: 95 })
      .toBuffer();
    fs.writeFileSync(inFolder('turned.jpg'), turned);
    const { data, info } = await sharp(await thumbnail(inFolder('turned.jpg'), 90))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 60, height: 90, channels: 3 });
    const small = await painting(size).rotate(90).resize(60, 90, { fit: 'fill' }).raw().toBuffer();
    expect(
      psnr(floatImage({ width: 60, height: 90 }, data), floatImage({ width: 60, height: 90 }, small)),
    ).toBeGreaterThan(28);
  });

  it('keeps transparency', async () => {
    fs.writeFileSync(inFolder('clear.png'), await painting(size).ensureAlpha(0.5).png().toBuffer());
    const { data, info } = await sharp(await thumbnail(inFolder('clear.png'), 30))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 30, height: 20, channels: 4 });
    expect(data[3]! / 255).toBeCloseTo(0.5, 2);
  });

  it('shows an image that is too small to stylize', async () => {
    fs.writeFileSync(inFolder('dot.png'), await painting({ width: 3, height: 2 }).png().toBuffer());
    expect(await sharp(await thumbnail(inFolder('dot.png'), 64)).metadata()).toMatchObject({
      width: 3,
      height: 2,
    });
  });

  it('reads 16-bit images', async () => {
    const wide = Uint16Array.from(paintBytes(size), v => v * 257);
    const source = sharp(wide, { raw: { ...size, channels: 3 } }).toColourspace('rgb16');
    fs.writeFileSync(inFolder('wide.png'), await source.png().toBuffer());
    const data = await sharp(await thumbnail(inFolder('wide.png'), 300))
      .raw()
      .toBuffer();
    expect(psnr(floatImage(size, data), image)).toBeGreaterThan(30);
  });
});
