import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';

/** The folder of the person's own recipes. */
export function ownRecipesFolder(storage: string): string {
  return path.join(storage, 'recipes');
}

/**
 * Refuses a recipe in a window that is not trusted, wherever it lies: recipes name files to read and to write. Those of
 * the person's own folder run in every window.
 * @param file the recipe, or the painting that carries it
 * @throws `untrusted`
 */
export function requireTrust(
  file: string,
  { isTrusted, ownFolder }: { readonly isTrusted: boolean; readonly ownFolder: string },
): void {
  const [first = ''] = path.relative(ownFolder, file).split(path.sep);
  const isOwn = first !== '' && first !== '..' && !path.isAbsolute(first);
  if (isTrusted || isOwn) return;
  throw new AtelierError('untrusted', msg`${path.basename(file)} was not run: this window is not trusted.`, {
    next: msg`Trust the workspace first.`,
  });
}
