import * as path from 'node:path';
import { recipeIn } from '../../images/recipe';

/** Whether a file lies in a folder that people keep styles in. */
function isAmongStyles(file: string): boolean {
  return path
    .dirname(file)
    .split(/[\\/]/)
    .some(folder => /^styles?$/i.test(folder));
}

async function rankOf(file: string): Promise<number> {
  if ((await recipeIn(file)) !== undefined) return 2;
  return isAmongStyles(file) ? 0 : 1;
}

/**
 * Images in the order in which people look for a style: those in a folder `style` or `styles`, then others, and paintings
 * of Atelier last; by path, numbers in their order.
 * @param files absolute paths
 */
export async function inStyleOrder(files: readonly string[]): Promise<readonly string[]> {
  const ranked = await Promise.all(files.map(async file => ({ file, rank: await rankOf(file) })));
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return ranked.sort((a, b) => a.rank - b.rank || compare(a.file, b.file)).map(({ file }) => file);
}
