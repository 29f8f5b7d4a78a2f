import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';

interface Menus {
  readonly contributes: {
    readonly menus: Readonly<
      Record<string, readonly { readonly command?: string; readonly when?: string }[]>
    >;
  };
}

const manifest = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, '../../../package.json'), 'utf8'),
) as Menus;

/** The patterns of file endings in the conditions of all menus, each once. */
const patterns = new Set(
  Object.values(manifest.contributes.menus)
    .flat()
    .flatMap(({ when = '' }) =>
      [...when.matchAll(/resourceExtname =~ \/(.+?)\/i/g)].map(([, found]) => found!),
    ),
);
const images = [...patterns].filter(pattern => pattern.includes('jpe?g'));

describe('The menus on files', () => {
  it('are all for the same images, or for PNG alone, which carries recipes', () => {
    expect([...patterns].sort()).toEqual([...images, '^\\.png$'].sort());
    expect(images).toHaveLength(1);
  });

  it.each(['png', 'jpg', 'jpeg', 'webp', 'avif', 'gif', 'bmp', 'tif', 'tiff'])('are there on %s', ending => {
    const pattern = new RegExp(images[0]!, 'i');
    for (const name of [`.${ending}`, `.${ending.toUpperCase()}`]) expect(name).toMatch(pattern);
  });

  it.each(['.txt', '.json', '.pngx', '.apng', 'png'])('are not there on %s', ending => {
    expect(ending).not.toMatch(new RegExp(images[0]!, 'i'));
  });
});
