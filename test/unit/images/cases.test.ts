import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readImage } from '../../../src/images/decode';

const folder = path.join(__dirname, 'cases');
const coded = fs.readdirSync(folder).filter(name => name !== 'reference.png');

/** One small picture in codings that libvips reads wrongly, or not at all. */
describe('one picture in many codings', () => {
  it.each(coded)('%s', async name => {
    const { data, info } = await sharp(path.join(folder, 'reference.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const image = await readImage(path.join(folder, name));
    expect(image).toMatchObject({ width: info.width, height: info.height });
    const area = info.width * info.height;
    const seen = (await image.at(info)).data;
    const grey = name.includes('grey');
    for (let c = 0; c < 3; c++) {
      let difference = 0;
      for (let i = 0; i < area; i++) {
        const [r, g, b] = data.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
        const shown = grey ? 0.299 * r + 0.587 * g + 0.114 * b : data[3 * i + c]!;
        difference += Math.abs(255 * seen[c * area + i]! - shown);
      }
      expect(difference / area, 'mean difference in levels').toBeLessThan(3);
    }
    expect(image.hasAlpha).toBe(name.startsWith('grey-alpha'));
  });
});
