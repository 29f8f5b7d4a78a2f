import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipeIn } from '../../src/images/recipe';
import type { Recipe } from '../../src/recipe/recipe';
import { ended, Workshop } from './stage/workshop';

const workshop = new Workshop();
afterAll(() => workshop.close());

const [width, height] = [96, 72];

async function writeMask(name: string, at: (x: number, y: number) => number): Promise<void> {
  const values = Uint8Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)));
  await sharp(values, { raw: { width, height, channels: 1 } }).toFile(workshop.at(name));
}

beforeAll(async () => {
  await workshop.open();
  await writeMask('sky.png', (_, y) => (y < 36 ? 255 : 0));
  await writeMask('face.png', (x, y) => (x > 56 && y > 40 ? 255 : 0));
  await writeMask('white.png', () => 255);
});

const painting = ['stylize', 'content.png', 'style.png', '--size', '96', '--steps', '6', '--no-pyramid'];

async function pixels(name: string): Promise<Buffer> {
  return sharp(workshop.at(name)).removeAlpha().raw().toBuffer();
}

async function paint(output: string, ...more: string[]): Promise<void> {
  expect(await workshop.cli(...painting, ...more, '-o', output)).toMatchObject({ code: 0 });
}

describe('regions on the command line', () => {
  it('paint a part in another style, and leave another as it is', async () => {
    await paint('plain.png');
    await paint('parts.png', '--region', 'sky.png=swatch:woodcut', '--keep', 'face.png');
    const [plain, parts, content] = await Promise.all(['plain.png', 'parts.png', 'content.png'].map(pixels));
    const differs = (a: Buffer, b: Buffer, x: number, y: number) => {
      const at = 3 * (y * width + x);
      return !a.subarray(at, at + 3).equals(b.subarray(at, at + 3));
    };
    let painted = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (x > 60 && y > 44) expect(differs(parts!, content!, x, y), `${x}, ${y}`).toBe(false);
        else if (y < 36 && differs(parts!, plain!, x, y)) painted++;
      }
    }
    expect(painted).toBeGreaterThan(0.9 * 36 * width);
    const { regions } = JSON.parse((await recipeIn(workshop.at('parts.png'))) ?? '{}') as Recipe;
    expect(regions).toEqual([
      { mask: 'sky.png', styles: [{ image: 'swatch:woodcut', weight: 1 }], weight: 1 },
      { mask: 'face.png', keep: true },
    ]);
  });

  it('of one white mask give the bytes of a painting in its style', async () => {
    await paint('whole.png', '--region', 'white.png=style.png');
    expect((await pixels('whole.png')).equals(await pixels('plain.png'))).toBe(true);
  });

  it('keep a painting from going on with other masks, and let it go on with theirs', async () => {
    const args = ['stylize', 'content.png', 'style.png', '--size', '96', '--steps', '60', '--no-pyramid'];
    const parts = ['--region', 'sky.png=style.png', '--keep', 'face.png'];
    expect(await workshop.cli(...args, ...parts, '-o', 'uncut.png')).toMatchObject({ code: 0 });
    const child = workshop.start(process.execPath, [
      ...[workshop.cliEntry, ...args, ...parts, '-o', 'cut.png', '--json'],
    ]);
    child.stdout?.once('data', () => child.kill('SIGINT'));
    expect((await ended(child)).code).toBe(130);
    const resume = () => workshop.cli('resume', path.basename(workshop.jobs().at(-1) ?? ''));
    const mask = fs.readFileSync(workshop.at('face.png'));
    await writeMask('face.png', x => (x > 50 ? 255 : 0));
    const refused = await resume();
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`${workshop.at('face.png')} has changed since the painting started.`);
    fs.writeFileSync(workshop.at('face.png'), mask);
    expect(await resume()).toMatchObject({ code: 0 });
    expect((await pixels('cut.png')).equals(await pixels('uncut.png'))).toBe(true);
  });

  it('can be run again from the picture', async () => {
    const before = fs.readdirSync(workshop.pictures);
    expect(await workshop.cli('run', 'parts.png')).toMatchObject({ code: 0 });
    const [again] = fs.readdirSync(workshop.pictures).filter(name => !before.includes(name));
    expect((await pixels(again!)).equals(await pixels('parts.png'))).toBe(true);
  });
});
