import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AtelierError, exitCode } from '../../../../src/common/errors';
import { Pictures } from '../../../../src/engine/run/pictures';
import { planOf } from '../../../../src/engine/run/plan';
import { sumOf } from '../../../../src/nst/regions/mask';
import { presets } from '../../../../src/recipe/presets';
import type { Recipe } from '../../../../src/recipe/recipe';
import type { Region } from '../../../../src/recipe/region';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-regions-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const at = (name: string) => path.join(folder, name);

/** A grey picture of the size whose values go by the place. */
async function write(
  name: string,
  [width, height]: readonly [number, number],
  value: (x: number, y: number) => number,
): Promise<void> {
  const samples = Uint8Array.from({ length: width * height }, (_, i) =>
    value(i % width, Math.floor(i / width)),
  );
  await sharp(samples, { raw: { width, height, channels: 1 } }).toFile(at(name));
}

beforeAll(async () => {
  const grain = (x: number, y: number) => (x * 37 + y * 101) % 251;
  await write('content.png', [96, 72], grain);
  await write('style.png', [64, 80], (x, y) => 255 - grain(x, y));
  await write('other.png', [50, 50], (x, y) => (grain(x, y) * 7) % 256);
  await write('left.png', [8, 6], x => (x < 4 ? 255 : 0));
  await write('corner.png', [96, 72], (x, y) => (x < 30 && y < 30 ? 255 : 0));
  await write('white.png', [48, 36], () => 255);
  await write('black.png', [96, 72], () => 0);
  await write('square.png', [72, 72], () => 255);
  await write('speck.png', [96, 72], (x, y) => (x < 3 && y < 3 ? 255 : 0));
  fs.writeFileSync(at('empty.png'), '');
  fs.writeFileSync(at('cut.png'), fs.readFileSync(at('content.png')).subarray(0, 300));
  const frame = (value: number) => Buffer.alloc(96 * 72 * 3, value);
  await sharp(Buffer.concat([frame(0), frame(255)]), {
    raw: { width: 96, height: 144, channels: 3, pageHeight: 72 },
  })
    .gif({ delay: [100, 100] })
    .toFile(at('moving.gif'));
  const clear = Uint8Array.from({ length: 4 * 96 * 72 }, (_, i) =>
    i % 4 < 3 ? 90 : (i >> 2) % 96 < 48 ? 255 : 0,
  );
  await sharp(clear, { raw: { width: 96, height: 72, channels: 4 } }).toFile(at('clear.png'));
});

const styled = (mask: string, more: Partial<Region> = {}): Region => ({
  mask: at(mask),
  styles: [{ image: at('other.png'), weight: 1 }],
  weight: 1,
  ...more,
});
const kept = (mask: string): Region => ({ mask: at(mask), keep: true });

function recipe(regions: Region[] | undefined, content = 'content.png'): Recipe {
  const styles = [{ image: at('style.png'), weight: 1 }];
  return { ...presets.studio, content: at(content), styles, size: 0, ...(regions && { regions }) };
}

describe('masks', () => {
  it.each<[string, Region[], string]>([
    ['missing', [styled('none.png')], 'does not exist'],
    ['empty', [kept('empty.png')], 'is empty'],
    ['broken', [styled('cut.png')], 'damaged or incomplete'],
    ['animated', [styled('moving.gif')], 'is an animation; a mask is a single image.'],
    ['all black', [styled('black.png')], 'is black: a mask must be white where its region is.'],
    ['of a few pixels', [kept('speck.png')], 'is black'],
    [
      'of other proportions',
      [styled('square.png')],
      '72 × 72 pixels; its proportions differ from the 96 × 72',
    ],
    [
      'a black mask of a style',
      [styled('left.png', { styleMask: at('black.png') })],
      'its proportions differ',
    ],
    ['everything kept', [kept('white.png')], 'There is nothing to paint'],
    [
      'a region that is kept',
      [styled('corner.png'), kept('left.png')],
      'Kept regions cover the whole region of',
    ],
  ])('are refused as bad input: %s', async (_, regions, reason) => {
    const failure: unknown = await Pictures.read(recipe(regions)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AtelierError);
    expect((failure as AtelierError).message).toContain(reason);
    expect(exitCode((failure as AtelierError).code)).toBe(3);
  });

  it('may be of any size, however small', async () => {
    const pictures = await Pictures.read(recipe([styled('left.png')]));
    const { rest, regions, free } = (await pictures.guidance(pictures.size))!;
    expect(free).toBeUndefined();
    expect(sumOf(rest) / rest.data.length).toBeCloseTo(0.5, 1);
    expect(regions[0]!.mask.data[0]).toBe(1);
    expect(rest.data[95]).toBe(1);
    expect(pictures.parts).toEqual([
      { number: 0, weight: 1 },
      { number: 1, weight: 1 },
    ]);
  });

  it('are the opacity of an image that is transparent somewhere', async () => {
    const pictures = await Pictures.read(recipe([styled('clear.png')]));
    const { regions } = (await pictures.guidance(pictures.size))!;
    expect([regions[0]!.mask.data[10], regions[0]!.mask.data[80]]).toEqual([1, 0]);
  });
});

describe('regions', () => {
  it('of one white mask are none: the picture is painted in its style', async () => {
    const pictures = await Pictures.read(recipe([styled('white.png')]));
    expect(pictures.parts).toBeUndefined();
    expect(await pictures.guidance(pictures.size)).toBeUndefined();
    const plain = await Pictures.read({
      ...recipe(undefined),
      styles: [{ image: at('other.png'), weight: 1 }],
    });
    expect(await pictures.styles(pictures.size)).toEqual(await plain.styles(plain.size));
    const plan = planOf(recipe([styled('white.png')]), pictures.size, pictures.parts);
    expect(plan).toEqual(planOf(recipe(undefined), plain.size, plain.parts));
  });

  it('have no rest where they cover everything, and count by their weights', async () => {
    const regions = [styled('left.png'), styled('white.png', { weight: 3 })];
    const pictures = await Pictures.read(recipe(regions));
    expect(pictures.parts).toEqual([
      { number: 1, weight: 1 },
      { number: 2, weight: 3 },
    ]);
    const { spec, strengths } = planOf(recipe(regions), pictures.size, pictures.parts);
    expect(spec.terms.filter(({ layer }) => layer === 'conv1_1').map(({ id }) => id)).toEqual([
      'style:conv1_1:1',
      'style:conv1_1:2',
    ]);
    expect(strengths['style:conv1_1:2']! / strengths['style:conv1_1:1']!).toBeCloseTo(3, 12);
    expect(strengths['style:conv1_1']).toBeUndefined();
  });

  it('keep the content image to the last bit, and what cannot be seen of it', async () => {
    const pictures = await Pictures.read(recipe([kept('left.png')], 'clear.png'));
    const content = await pictures.contentImage.at(pictures.size);
    const painted = { ...content, data: content.data.map(value => value + 0.25) };
    const { data } = await pictures.saved(painted);
    const row = 40 * 96;
    expect([...data.subarray(row, row + 40)]).toEqual([...content.data.subarray(row, row + 40)]);
    // On the right the content image is transparent.
    expect([...data.subarray(row + 60, row + 96)]).toEqual([...content.data.subarray(row + 60, row + 96)]);
  });

  it('are known by their images', async () => {
    const regions = [styled('left.png', { styleMask: at('square.png') }), kept('speck2.png')];
    await write('speck2.png', [96, 72], (x, y) => (x > 80 && y > 60 ? 255 : 0));
    const before = (await Pictures.read(recipe(regions))).hashes.regions;
    expect(before).toHaveLength(2);
    await write('speck2.png', [96, 72], (x, y) => (x > 70 && y > 60 ? 255 : 0));
    const after = (await Pictures.read(recipe(regions))).hashes.regions;
    expect(after?.[0]).toEqual(before?.[0]);
    expect(after?.[1]).not.toEqual(before?.[1]);
  });
});
