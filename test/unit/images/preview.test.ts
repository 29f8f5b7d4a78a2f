import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePreview } from '../../../src/images/preview';
import { floatImage, paintBytes, psnr } from './pictures';

const size = { width: 300, height: 200 };
const image = floatImage(size, paintBytes(size));

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
