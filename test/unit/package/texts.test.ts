import * as fs from 'node:fs';
import * as path from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error: a script without types
import * as texts from '../../../scripts/package/texts.mjs';

const { packagedReadme, withoutFiles } = texts as Record<
  'packagedReadme' | 'withoutFiles',
  (markdown: string) => string
>;
const root = path.resolve(import.meta.dirname, '../../..');
const text = (name: string) => fs.readFileSync(path.join(root, name), 'utf8');

it('what a package says of itself points to no file that it has not', () => {
  const line =
    'Fast ([bench/a.md](bench/a.md)), small ([its card](models/b.md)) and [told](C.md); [shop](https://d.e).';
  expect(withoutFiles(`![A window](media/a.jpg)\n\n${line}\n`)).toBe(
    'Fast, small and told; [shop](https://d.e).\n',
  );
  for (const packaged of [packagedReadme(text('README.md')), withoutFiles(text('CHANGELOG.md'))])
    expect(packaged).not.toMatch(/\]\((?!https:)/);
});

it('the README of a package is about the extension', () => {
  const packaged = packagedReadme(text('README.md'));
  expect(packaged.match(/^## .*/gm)).toEqual(['## In VS Code', '## Networks', '## Limits']);
  expect(packaged).not.toContain('npm ');
  expect(() => packagedReadme('# Atelier\n')).toThrow('The README has no section “Gallery”.');
});
