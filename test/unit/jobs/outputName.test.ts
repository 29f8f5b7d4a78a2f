import { describe, expect, it } from 'vitest';
import { outputName, usualNaming } from '../../../src/jobs/outputName';

const named = (content: string, ...styles: string[]) => ({
  content: `/album/${content}`,
  styles: styles.map(image => ({ image, weight: 1 })),
  size: 512,
  seed: 7,
});

describe('the name of a result', () => {
  it.each([
    ['of a built-in style', named('shipwreck.jpg', 'swatch:mosaic'), 'shipwreck-mosaic.png'],
    ['of an image', named('lake.2019.jpeg', '/styles/The Great Wave.jpg'), 'lake.2019-The Great Wave.png'],
    ['of a blend', named('lake.jpg', 'swatch:mosaic', '/wave.png'), 'lake-mosaic+wave.png'],
    ['of a painting in another style', named('lake-mosaic.png', '/wave.png'), 'lake-mosaic-wave.png'],
    ['of a painting once more in its style', named('lake-mosaic.png', 'swatch:mosaic'), 'lake-mosaic.png'],
    ['of a numbered one', named('lake-mosaic-12.png', 'swatch:mosaic'), 'lake-mosaic.png'],
    ['of a numbered photograph', named('lake-2.jpg', 'swatch:mosaic'), 'lake-2-mosaic.png'],
    ['of a photograph called like the style', named('mosaic.jpg', 'swatch:mosaic'), 'mosaic-mosaic.png'],
    ['of one that begins with it', named('-mosaic.jpg', 'swatch:mosaic'), '-mosaic-mosaic.png'],
    ['of a style that ends in a number', named('lake-wave-2.png', '/wave-2.jpg'), 'lake-wave-2.png'],
    ['of a hidden image', named('.hidden', '/wave.png'), '.hidden-wave.png'],
  ])('%s', (_, recipe, name) => {
    expect(outputName(recipe)).toBe(name);
  });

  it.each([
    ['{style} of {content}, {size} ({seed})', 'wave of lake, 512 (7).webp'],
    ['{painter}', '{painter}.webp'],
    ['../{content}/{style}', '..-lake-wave.webp'],
    ['a:b*c?. ', 'a-b-c-.webp'],
    ['...', 'painting.webp'],
  ])('follows the template %s and leads nowhere else', (name, expected) => {
    const naming = { ...usualNaming, name, format: 'webp' } as const;
    expect(outputName(named('lake.jpg', '/wave.png'), naming, 'win32')).toBe(expected);
  });

  it('keeps what is lawful here in the name of the photograph', () => {
    expect(outputName(named('<a> "b": c?.jpg', '/wave.png'), usualNaming, 'linux')).toBe(
      '<a> "b": c?-wave.png',
    );
  });

  it('ends as programs expect of its format, and is cut between characters where the file system ends', () => {
    const jpeg = { ...usualNaming, format: 'jpeg' } as const;
    expect(outputName(named('lake.png', '/wave.png'), jpeg)).toBe('lake-wave.jpg');
    const long = outputName(named(`${'字'.repeat(83)}.png`, '/wave.png'));
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255);
    expect(long).toMatch(/^字{80,}.*\.png$/);
  });
});
