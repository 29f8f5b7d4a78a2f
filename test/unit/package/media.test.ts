import { readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { resourcePath } from '../../../src/common/resources';

type Entry = { id: string; file: string; title: string; description: string };

const LIMIT = 150_000;
const index = JSON.parse(await readFile(resourcePath('media/swatches/index.json'), 'utf8')) as Entry[];

/** Width, height and the spread of brightness of a picture file, decoded in full. */
async function decoded(path: string) {
  const { channels } = await sharp(path).stats();
  const { width, height, format } = await sharp(path).metadata();
  return { width, height, format, spread: Math.max(...channels.map(({ stdev }) => stdev)) };
}

describe('the list of built-in styles', () => {
  it('names every picture of the folder once, and nothing else', () => {
    const pictures = readdirSync(resourcePath('media/swatches')).filter(name => name.endsWith('.jpg'));
    expect(index.map(({ file }) => file).sort()).toEqual(pictures.sort());
    expect(new Set(index.map(({ id }) => id)).size).toBe(index.length);
    expect(index.length).toBeGreaterThanOrEqual(6);
    for (const entry of index)
      expect(Math.min(entry.title.length, entry.description.length)).toBeGreaterThan(3);
  });

  it.each(index.map(({ file }) => file))(
    '%s decodes, is large enough for style, and small on disk',
    async file => {
      const path = resourcePath(`media/swatches/${file}`);
      const { width, height, format, spread } = await decoded(path);
      expect(format).toBe('jpeg');
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(512);
      expect(spread).toBeGreaterThan(20);
      expect((await stat(path)).size).toBeLessThanOrEqual(LIMIT);
    },
  );
});

describe('the content pictures', () => {
  const samples = readdirSync(resourcePath('media/samples'));

  it.each(samples)('%s decodes and is small on disk', async file => {
    const path = resourcePath(`media/samples/${file}`);
    expect(await decoded(path)).toMatchObject({ width: 768, height: 576, format: 'jpeg' });
    expect((await stat(path)).size).toBeLessThanOrEqual(LIMIT);
  });
});

describe('the icon', () => {
  it('is a 256 px PNG of the drawing beside it', async () => {
    const pixels = (input: string, density = 72) =>
      sharp(input, { density }).resize(256, 256).ensureAlpha().raw().toBuffer();
    const icon = resourcePath('media/icon.png');
    expect(await sharp(icon).metadata()).toMatchObject({ width: 256, height: 256, format: 'png' });
    const [drawn, shipped] = await Promise.all([pixels(resourcePath('media/icon.svg'), 144), pixels(icon)]);
    const difference = drawn.reduce((sum, value, i) => sum + Math.abs(value - (shipped[i] ?? 0)), 0);
    expect(difference / drawn.length).toBeLessThan(1);
  });
});
