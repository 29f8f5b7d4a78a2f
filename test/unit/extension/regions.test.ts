import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// Loaded before the first test: it is large.
import '../../../src/extension/deferred';
import { readBackup, writeBackup } from '../../../src/extension/imageEditor/regions/backup';
import type { DocumentRegion, RegionFiles } from '../../../src/extension/imageEditor/regions/documentRegion';
import { readRegions } from '../../../src/extension/imageEditor/regions/readRegions';
import { withRegions } from '../../../src/extension/imageEditor/regions/recipeEdits';
import { writeRegions } from '../../../src/extension/imageEditor/regions/writeRegions';

const none: RegionFiles = { recipe: undefined, masks: new Map() };
const bytes = (text: string) => new TextEncoder().encode(text);
const kept = (id: string, mask: string): DocumentRegion => ({
  id,
  keep: true,
  styles: [],
  mask: bytes(mask),
});
const styled = (id: string, mask: string, image: string): DocumentRegion => ({
  ...{ id, keep: false, mask: bytes(mask) },
  styles: [{ image, weight: 1 }],
});

describe('the regions of an image on disk', () => {
  let folder: string;
  let image: string;
  const at = (name: string) => path.join(folder, name);
  const read = (name: string) => fs.readFileSync(at(name), 'utf8');
  const recipe = (name = 'photo.atelier.json') => JSON.parse(read(name)) as unknown;
  const save = (regions: readonly DocumentRegion[], files = none, saveAs?: string) =>
    writeRegions({
      ...{ image, regions, files, style: 'swatch:wave' },
      ...(saveAs === undefined ? {} : { saveAs }),
    });

  beforeEach(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-regions-')));
    image = at('photo.jpg');
    fs.writeFileSync(image, 'the photograph');
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it('are a recipe and masks beside it; the image is not touched', () => {
    save([styled('a', 'sky', 'swatch:night'), { ...kept('b', ''), mask: undefined }, kept('c', 'face')]);
    expect(recipe()).toEqual({
      content: 'photo.jpg',
      styles: [{ image: 'swatch:wave' }],
      regions: [
        { mask: 'photo.mask-1.png', style: 'swatch:night' },
        { mask: 'photo.mask-2.png', keep: true },
      ],
    });
    expect([read('photo.mask-1.png'), read('photo.mask-2.png')]).toEqual(['sky', 'face']);
    expect(read('photo.jpg')).toBe('the photograph');
  });

  it('come back when the image is opened', async () => {
    const saved = save([styled('a', 'sky', at('night.jpg')), kept('b', 'face')]);
    const { regions, files } = await readRegions(image);
    expect(regions).toMatchObject([
      { keep: false, styles: [{ image: at('night.jpg'), weight: 1 }] },
      { keep: true, styles: [] },
    ]);
    expect(regions.map(({ mask }) => Buffer.from(mask!).toString())).toEqual(['sky', 'face']);
    expect(files.recipe).toBe(saved.recipe);
  });

  it('replace their own masks, and no file that another program has changed', () => {
    const first = save([kept('a', 'face')]);
    const second = save([kept('a', 'better')], first);
    expect(fs.readdirSync(folder).sort()).toEqual(['photo.atelier.json', 'photo.jpg', 'photo.mask-1.png']);
    expect(read('photo.mask-1.png')).toBe('better');
    fs.writeFileSync(at('photo.mask-1.png'), 'of another program');
    save([kept('a', 'best')], second);
    expect(read('photo.mask-1.png')).toBe('of another program');
    expect(read('photo.mask-2.png')).toBe('best');
    expect(recipe()).toMatchObject({ regions: [{ mask: 'photo.mask-2.png' }] });
  });

  it('replace neither a mask nor a recipe that is not theirs', async () => {
    fs.writeFileSync(at('photo.mask-1.png'), 'somebody’s');
    fs.writeFileSync(at('photo.atelier.json'), '{"content": "other.jpg", "styles": [{"image": "a.jpg"}]}');
    const { files } = await readRegions(image);
    save([kept('a', 'face')], files);
    expect(read('photo.mask-1.png')).toBe('somebody’s');
    expect(recipe()).toMatchObject({ content: 'other.jpg' });
    expect(recipe('photo-2.atelier.json')).toMatchObject({ content: 'photo.jpg' });
    expect((await readRegions(image)).files.recipe).toBe(at('photo-2.atelier.json'));
  });

  it('leave a recipe with a mistake alone', async () => {
    fs.writeFileSync(at('photo.atelier.json'), '{"content": "photo.jpg", ');
    const { files } = await readRegions(image);
    save([kept('a', 'face')], files);
    expect(read('photo.atelier.json')).toBe('{"content": "photo.jpg", ');
    expect(recipe('photo-2.atelier.json')).toMatchObject({ content: 'photo.jpg' });
  });

  it('are saved as another recipe with masks of its own', () => {
    const first = save([kept('a', 'face')]);
    save([kept('a', 'face')], first, at('evening.atelier.json'));
    expect(recipe('evening.atelier.json')).toEqual({
      ...(recipe() as object),
      regions: [{ mask: 'evening.mask-1.png', keep: true }],
    });
    expect(read('evening.mask-1.png')).toBe('face');
  });

  it('survive a backup with what is known of their files', () => {
    const files = save([kept('a', 'face')]);
    const regions = [styled('a', 'new', 'swatch:night'), { ...kept('b', ''), mask: undefined }];
    writeBackup(at('backup'), regions, files);
    expect(readBackup(at('backup'))).toEqual({ regions, files });
  });
});

describe('the text of a recipe', () => {
  const text = `{
  // Of the holidays.
  "content": "photo.jpg",
  "regions": [
    // The sky.
    { "mask": "sky.png", "style": "night.jpg", "weight": 2 },
    { "mask": "face.png", "keep": true } // Anna
  ],
  "size": 512
}
`;

  it('stays to the last comment where nothing has changed', () => {
    const same = [
      { mask: 'sky.png', style: 'night.jpg', weight: 2 },
      { mask: 'face.png', keep: true },
    ];
    expect(withRegions(text, same)).toBe(text);
  });

  it('changes in a single value', () => {
    const edited = withRegions(text, [
      { mask: 'sky.png', style: 'wave.jpg', weight: 2 },
      { mask: 'face.png', keep: true },
    ]);
    expect(edited).toBe(text.replace('night.jpg', 'wave.jpg'));
  });

  it('grows and shrinks at the end of the list', () => {
    const sky = { mask: 'sky.png', keep: true };
    const grown = withRegions(text, [sky, { mask: 'face.png', keep: true }, { mask: 'c.png', keep: true }]);
    expect(grown).toContain('// The sky.');
    expect(grown).toContain('"c.png"');
    expect(grown).not.toContain('night.jpg');
    const shrunk = withRegions(text, [sky]);
    expect(shrunk).not.toContain('face.png');
    expect(withRegions(text, [])).not.toContain('regions');
  });

  it('gets regions where it had none, and comments stay', () => {
    const edited = withRegions('{\n  "content": "a.jpg" // mine\n}\n', [{ mask: 'm.png', keep: true }]);
    expect(edited).toContain('// mine');
    expect(edited).toContain('"keep": true');
  });
});
