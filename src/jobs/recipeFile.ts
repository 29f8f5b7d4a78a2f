import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../errors';
import { phrase } from '../phrase';
import { presets } from './presets';
import { recipeFileSchema, recipeSchema, type PresetName, type Recipe, type RecipeFile } from './recipe';
import { recipeProblem } from './recipeProblem';
import { SWATCH_PREFIX } from './swatches';

/**
 * Checks a recipe with gaps.
 * @param source names it in sentences: a file, or where else it came from
 * @throws `recipe-invalid` or `layer-unknown`, naming the field
 */
export function parseRecipe(value: unknown, source: string): RecipeFile {
  const parsed = recipeFileSchema.safeParse(value);
  if (!parsed.success) throw recipeProblem(source, value, parsed.error);
  return parsed.data;
}

/**
 * Reads a recipe file; its relative paths are resolved against its folder.
 * @throws `file-missing`, `file-unreadable`, `recipe-invalid`, `layer-unknown`
 */
export function readRecipeFile(file: string): RecipeFile {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT')
      throw new AtelierError('file-missing', phrase`${file}: there is no such recipe file.`, { cause });
    const reason = code === 'EISDIR' ? 'it is a folder, not a recipe file' : (cause as Error).message;
    throw new AtelierError('file-unreadable', phrase`${file}: ${reason}.`, { cause });
  }
  return resolvePaths(parseRecipe(parseJson(text, file), file), path.dirname(path.resolve(file)));
}

function parseJson(text: string, file: string): unknown {
  if (text.trim() === '') throw new AtelierError('recipe-invalid', phrase`${file}: the file is empty.`);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AtelierError('recipe-invalid', phrase`${file}: it is not JSON (${(cause as Error).message}).`, {
      cause,
    });
  }
}

/** Makes the paths of images, of the result and of a weight file absolute. */
export function resolvePaths(recipe: RecipeFile, folder: string): RecipeFile {
  const absolute = (file: string) => path.resolve(folder, file);
  const { content, styles, init, model, output } = recipe;
  return {
    ...recipe,
    ...(content === undefined ? {} : { content: absolute(content) }),
    ...(styles === undefined
      ? {}
      : {
          styles: styles.map(({ image, weight }) => ({
            image: image.startsWith(SWATCH_PREFIX) ? image : absolute(image),
            weight,
          })),
        }),
    ...(init === undefined || init === 'content' || init === 'noise' ? {} : { init: absolute(init) }),
    // A bare name is a network of the catalogue.
    ...(model === undefined || !/[/\\.]/.test(model) ? {} : { model: absolute(model) }),
    ...(output === undefined ? {} : { output: absolute(output) }),
  };
}

/**
 * Fills the gaps of a recipe from its preset.
 * @param preset is used when the recipe names none
 * @throws `recipe-invalid` when an image is missing that no preset can supply
 */
export function completeRecipe(
  recipe: RecipeFile,
  { preset = 'studio', source = 'the recipe' }: { preset?: PresetName; source?: string } = {},
): Recipe {
  const { preset: named, ...given } = recipe;
  const complete = { ...presets[named ?? preset], ...given };
  const parsed = recipeSchema.safeParse(complete);
  if (!parsed.success) throw recipeProblem(source, complete, parsed.error);
  return parsed.data;
}
