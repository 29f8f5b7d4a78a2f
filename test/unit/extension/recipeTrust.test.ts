import { describe, expect, it } from 'vitest';
import { ownRecipesFolder, requireTrust } from '../../../src/extension/recipes/recipeTrust';

const ownFolder = ownRecipesFolder('/home/me/storage');

describe('a window that is not trusted', () => {
  it.each([
    '/home/me/theirs.atelier.json',
    '/tmp/loose.atelier.json',
    '/tmp/painting.png',
    '/home/me/storage/jobs/theirs.atelier.json',
    '/home/me/storage/recipes/../theirs.atelier.json',
    '/home/me/storage/recipes-of-others/theirs.atelier.json',
    '/home/me/storage/recipes',
  ])('runs no recipe at %s', file => {
    const name = file.split('/').at(-1);
    expect(() => requireTrust(file, { isTrusted: false, ownFolder })).toThrow(
      `${name} was not run: this window is not trusted.`,
    );
    expect(() => requireTrust(file, { isTrusted: true, ownFolder })).not.toThrow();
  });

  it.each(['mine.atelier.json', 'deeper/mine.atelier.json', '..mine.atelier.json'])(
    'runs %s of the person’s own folder',
    name => {
      expect(() => requireTrust(`${ownFolder}/${name}`, { isTrusted: false, ownFolder })).not.toThrow();
    },
  );
});
