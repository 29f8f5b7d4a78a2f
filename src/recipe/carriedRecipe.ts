import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { readBytes } from '../images/file';
import { recipeIn } from '../images/recipe';
import { requireComputable } from './recipeFile';
import { resolvePaths } from './recipePaths';
import { fromStored, type ReadRecipe } from './storedRecipe';

/**
 * Reads the recipe that a painting carries, its paths resolved against the painting's folder.
 * @throws the errors of `readBytes`; `recipe-invalid` where there is none, `layer-unknown`
 */
export async function readCarriedRecipe(image: string): Promise<ReadRecipe> {
  const text = await recipeIn(await readBytes(image));
  if (text === undefined)
    throw new AtelierError('recipe-invalid', msg`${image} carries no recipe.`, {
      next: msg`Only paintings made by Atelier carry a recipe.`,
    });
  const read = fromStored(parsed(text, image), image);
  requireComputable(read.recipe, image);
  return { ...read, recipe: resolvePaths(read.recipe, path.dirname(path.resolve(image))) };
}

function parsed(text: string, image: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AtelierError('recipe-invalid', msg`The recipe inside ${image} is damaged.`, { cause });
  }
}
