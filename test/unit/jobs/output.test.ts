import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AtelierError } from '../../../src/common/errors';
import { encodeImage } from '../../../src/images/encode';
import { checkOutput, followLinks, foreignOutput, outputFormat } from '../../../src/jobs/output';
import { portableRecipe, resolvePaths } from '../../../src/recipe/recipePaths';
import { presets } from '../../../src/recipe/presets';
import { listSwatches, locateStyle } from '../../../src/recipe/swatches';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-output-'));
  fs.mkdirSync(path.join(folder, 'deep'));
  for (const name of ['content.png', 'style.png', 'start.png', 'other.png'])
    fs.writeFileSync(path.join(folder, name), name);
  fs.symlinkSync(path.join(folder, 'style.png'), path.join(folder, 'link.png'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);
const recipe = (output: string | undefined) => ({
  ...presets.studio,
  content: at('content.png'),
  styles: [
    { image: 'swatch:mosaic', weight: 1 },
    { image: at('style.png'), weight: 2 },
  ],
  init: at('start.png'),
  ...(output === undefined ? {} : { output }),
});
const refusal = (output: string) => {
  try {
    checkOutput(recipe(output));
  } catch (error) {
    if (error instanceof AtelierError) return error;
    throw error;
  }
  return undefined;
};

describe('the output', () => {
  it.each([undefined, 'new.png', 'other.png', 'new.JPG', 'new.webp', 'deep'])('may be %s', name => {
    checkOutput(recipe(name === undefined ? undefined : at(name)));
  });

  it.each(['content.png', 'style.png', 'start.png', 'link.png', 'deep/../content.png'])(
    'never replaces %s',
    name => {
      expect(refusal(`${folder}/${name}`)?.message).toContain('would replace the image it is made from');
    },
  );

  it('is refused in a folder that does not exist, and in a format that is not written', () => {
    expect(refusal(at('none/new.png'))).toMatchObject({ code: 'file-missing' });
    expect(refusal(at('none/new.png'))?.message).toContain(at('none'));
    expect(refusal(at('new.tiff'))?.code).toBe('usage');
    expect(() => outputFormat('picture')).toThrow('picture');
  });
});

describe('a link as the output', () => {
  const link = (name: string, target: string) => {
    fs.symlinkSync(target, at(name));
    return at(name);
  };

  it('is followed to the file, there or not, over other links', () => {
    const real = fs.realpathSync(folder);
    expect(followLinks(at('new.png'))).toBe(path.join(folder, 'new.png'));
    expect(followLinks(at('link.png'))).toBe(path.join(real, 'style.png'));
    const second = link('second.png', 'deep/first.png');
    link('deep/first.png', 'last.png');
    expect(followLinks(second)).toBe(path.join(real, 'deep', 'last.png'));
  });

  it('is refused where it leads to no file that can be written', () => {
    link('ring.png', 'ring.png');
    link('far.png', 'none/far.png');
    link('null.png', '/dev/null');
    expect(refusal(at('ring.png'))?.message).toBe(`${at('ring.png')} is a broken link.`);
    expect(refusal(at('far.png'))?.code).toBe('file-missing');
    expect(refusal(at('null.png'))?.message).toBe(`${at('null.png')} is not a regular file.`);
  });
});

describe('a file at the output that Atelier did not paint', () => {
  const dot = { width: 2, height: 2, data: new Float32Array(12).fill(0.5) };
  const encoded = (format: 'png' | 'jpeg' | 'webp', text?: string) =>
    encodeImage(dot, { format, ...(text === undefined ? {} : { recipe: text }) });

  it.each(['png', 'jpeg', 'webp'] as const)('is one without a recipe inside: %s', async format => {
    const file = at(`found.${format}`);
    fs.writeFileSync(file, await encoded(format));
    expect(await foreignOutput({ output: file })).toBe(file);
    fs.writeFileSync(file, await encoded(format, '{}'));
    expect(await foreignOutput({ output: file })).toBeUndefined();
  });

  it('is anything else, also behind a link', async () => {
    for (const name of ['other.png', 'link.png'])
      expect(await foreignOutput({ output: at(name) })).toBe(at(name));
  });

  it('is not a free name, a link to one, or a folder', async () => {
    fs.symlinkSync('nothing.png', at('free.png'));
    for (const output of [undefined, at('nothing.png'), at('free.png'), at('deep')])
      expect(await foreignOutput({ ...(output === undefined ? {} : { output }) })).toBeUndefined();
  });
});

describe('the recipe that travels inside a picture', () => {
  it('names its images relative to the picture, and can be read back there', () => {
    const portable = portableRecipe(recipe(at('deep/out.png')), at('deep'));
    expect(portable).toMatchObject({
      content: '../content.png',
      styles: [{ image: 'swatch:mosaic' }, { image: '../style.png', weight: 2 }],
      init: '../start.png',
      model: 'lite',
    });
    expect(JSON.stringify(portable)).not.toContain(folder);
    const { output: _output, ...original } = recipe(at('deep/out.png'));
    expect(resolvePaths(portable, at('deep'))).toEqual(original);
  });
});

describe('built-in styles', () => {
  it('are all there', () => {
    const swatches = listSwatches();
    expect(swatches.length).toBeGreaterThan(0);
    for (const { id, file } of swatches) {
      expect(fs.statSync(file).size).toBeGreaterThan(1000);
      expect(locateStyle(`swatch:${id}`)).toBe(file);
    }
    expect(locateStyle('/a.png')).toBe('/a.png');
  });

  it('that do not exist are named, with those that do', () => {
    expect(() => locateStyle('swatch:none')).toThrow("There is no built-in style 'none'.");
  });
});
