import * as path from 'node:path';
import type { Recipe } from './recipe';
import { SWATCH_PREFIX } from './swatches';

/**
 * The recipe as it travels inside a picture saved in `folder`: paths are relative to it where they can be, so that
 * the two can move together and nobody's folders are told to the world; the output is left to the next run.
 */
export function portableRecipe(recipe: Recipe, folder: string): Recipe {
  const { output: _output, ...rest } = recipe;
  const portable = (file: string) => path.relative(folder, file).replaceAll(path.sep, '/');
  return {
    ...rest,
    content: portable(rest.content),
    styles: rest.styles.map(({ image, weight }) => ({
      image: image.startsWith(SWATCH_PREFIX) ? image : portable(image),
      weight,
    })),
    init: rest.init === 'content' || rest.init === 'noise' ? rest.init : portable(rest.init),
    model: path.isAbsolute(rest.model) ? portable(rest.model) : rest.model,
  };
}
