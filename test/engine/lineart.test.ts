import { afterAll, beforeAll, expect, it } from 'vitest';
import sharp from 'sharp';
import { Workshop } from './stage/workshop';

const WIDTH = 128;
const HEIGHT = 96;

/** A house and the sun in lines of a pixel and a half. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
  <rect width="100%" height="100%" fill="#fafafa"/>
  <g fill="none" stroke="#111" stroke-width="1.5">
    <path d="M20 84V46L48 24L76 46V84Z M20 46H76 M36 84V62H50V84 M58 56H70V68H58Z M64 56V68 M58 62H70"/>
    <circle cx="102" cy="24" r="12"/>
    <path d="M102 4V9 M102 39V44 M82 24H87 M117 24H122 M86 84C92 60 94 60 96 84C98 66 104 66 108 84 M4 84H124"/>
  </g>
</svg>`;

let shop: Workshop;

beforeAll(async () => {
  shop = await new Workshop().open();
  await sharp(Buffer.from(drawing)).png().toFile(shop.at('drawing.png'));
});
afterAll(() => shop.close());

async function luma(file: string): Promise<Buffer> {
  return sharp(shop.at(file)).removeAlpha().greyscale().raw().toBuffer();
}

it(
  'the preset lineart keeps the lines of a drawing that studio paints over',
  { timeout: 120_000 },
  async () => {
    const lines = [...(await luma('drawing.png'))].map(value => (value < 128 ? 1 : 0));
    const contrast = async (preset: string): Promise<number> => {
      const asked = ['stylize', 'drawing.png', 'style.png', '--preset', preset, '--size', `${WIDTH}`];
      expect((await shop.cli(...asked, '--steps', '60', '-o', `${preset}.png`)).code).toBe(0);
      const painted = await luma(`${preset}.png`);
      const mean = (on: number): number => {
        const values = [...painted].filter((_, i) => lines[i] === on);
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      return (mean(0) - mean(1)) / 255;
    };
    const [studio, lineart] = [await contrast('studio'), await contrast('lineart')];
    console.log(`Contrast of the lines: studio ${studio.toFixed(3)}, lineart ${lineart.toFixed(3)}.`);
    expect(lineart).toBeGreaterThan(1.3 * studio);
    expect(lineart).toBeGreaterThan(0.15);
  },
);
