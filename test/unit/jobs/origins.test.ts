import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pictures } from '../../../src/engine/run/pictures';
import { AtelierError, exitCode } from '../../../src/common/errors';
import { requireSameOrigins, type Origins } from '../../../src/jobs/origins';
import { presets } from '../../../src/recipe/presets';

const recipe = {
  ...presets.studio,
  content: '/a.jpg',
  styles: [
    { image: '/b.jpg', weight: 1 },
    { image: 'swatch:mosaic', weight: 1 },
  ],
  init: '/c.jpg',
  model: 'vgg19',
};
const before: Origins = { content: 'a', styles: ['b', 'm'], start: 'c', network: 'v' };

describe('what a run was begun with', () => {
  it('may be the same', () => {
    expect(() => requireSameOrigins(recipe, before, { ...before, styles: ['b', 'm'] })).not.toThrow();
  });

  it.each<[string, Partial<Origins>]>([
    ['/a.jpg', { content: 'x', network: 'x' }],
    ['/b.jpg', { styles: ['x', 'm'] }],
    ['swatch:mosaic', { styles: ['b', 'x'] }],
    ['/c.jpg', { start: 'x' }],
    ['The network vgg19', { network: 'x' }],
  ])('is named when it is another: %s', (name, other) => {
    let failure: unknown;
    try {
      requireSameOrigins(recipe, before, { ...before, ...other });
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(AtelierError);
    const { code, message, next } = failure as AtelierError;
    expect(exitCode(code)).toBe(3);
    expect(message).toBe(`${name} has changed since the painting started.`);
    expect(next).toBe('Restore the file to continue, or start a new painting.');
  });

  it('is named of regions when it is another', () => {
    const regions = [
      { mask: '/m.png', styles: [{ image: '/s.jpg', weight: 1 }], weight: 1, styleMask: '/n.png' },
      { mask: '/k.png', keep: true } as const,
    ];
    const begun = {
      ...before,
      regions: [
        { mask: 'm', styles: ['s'], styleMask: 'n' },
        { mask: 'k', styles: [] },
      ],
    };
    const [first, second] = begun.regions as [object, object];
    const withRegions = { ...recipe, regions };
    expect(() => requireSameOrigins(withRegions, begun, { ...begun })).not.toThrow();
    for (const [name, others] of [
      ['/m.png', [{ ...first, mask: 'x' }, second]],
      ['/s.jpg', [{ ...first, styles: ['x'] }, second]],
      ['/n.png', [{ ...first, styleMask: 'x' }, second]],
      ['/k.png', [first, { ...second, mask: 'x' }]],
    ] as const) {
      const now = { ...begun, regions: others as unknown as NonNullable<Origins['regions']> };
      expect(() => requireSameOrigins(withRegions, begun, now)).toThrow(`${name} has changed since`);
    }
  });

  it('is said of the embedded network, which nobody can put back', () => {
    const begin = () => requireSameOrigins({ ...recipe, model: 'lite' }, before, { ...before, network: 'x' });
    expect(begin).toThrow(
      expect.objectContaining({
        message: 'The network lite has changed since the painting started.',
        next: 'The versions differ: start a new painting, or continue in the Atelier that started this one.',
      }),
    );
  });
});

describe('the hashes of pictures', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const noise = (width: number, height: number, seed: number) =>
    sharp(Buffer.from(Array.from({ length: 3 * width * height }, (_, i) => (i * seed) % 251)), {
      raw: { width, height, channels: 3 },
    });
  const hashes = async (content: string, init = 'content') =>
    (
      await Pictures.read({
        ...recipe,
        content: at(content),
        styles: [{ image: at('b.png'), weight: 1 }],
        init,
      })
    ).hashes;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-origins-'));
    await noise(40, 32, 7).png().toFile(at('a.png'));
    await noise(40, 32, 11).png().toFile(at('b.png'));
    await noise(40, 32, 7).png({ compressionLevel: 0 }).withMetadata({ density: 300 }).toFile(at('same.png'));
    await noise(32, 40, 7).png().toFile(at('turned.png'));
    await noise(40, 32, 7).modulate({ brightness: 0.99 }).png().toFile(at('darker.png'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('are those of the pixels, not of the files', async () => {
    expect(fs.readFileSync(at('same.png')).equals(fs.readFileSync(at('a.png')))).toBe(false);
    expect(await hashes('same.png')).toEqual(await hashes('a.png'));
  });

  it('tell pictures of one size apart, and sizes of the same bytes', async () => {
    const contents = await Promise.all(
      ['a.png', 'b.png', 'turned.png', 'darker.png'].map(one => hashes(one)),
    );
    expect(new Set(contents.map(({ content }) => content)).size).toBe(4);
    expect(contents[0]?.styles).toEqual([contents[1]?.content]);
  });

  it('name the start image where there is one', async () => {
    expect(await hashes('a.png')).not.toHaveProperty('start');
    const { start, styles } = await hashes('a.png', at('b.png'));
    expect([start]).toEqual(styles);
  });
});
