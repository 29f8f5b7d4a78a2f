import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { readFailed } from '../common/fileError';
import { msg } from '../common/messages';
import { presetFor } from './presets';
import type { PresetName } from './presetNames';
import { isWhole, olderValues, recipeFileSchema, recipeSchema, type Recipe, type RecipeFile } from './recipe';
import { resolvePaths } from './recipePaths';
import { recipeProblem } from './recipeProblem';
import { RecipeText } from './recipeText';

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

/** Nobody writes a recipe as large as this, in bytes. */
const LARGEST = 2 ** 24;

/**
 * Reads a recipe file; its relative paths are resolved against its folder.
 * @throws `file-missing`, `file-unreadable`, `recipe-invalid`, `layer-unknown`
 */
export function readRecipeFile(file: string): RecipeFile {
  const text = new RecipeText(readText(file), file);
  const parsed = recipeFileSchema.safeParse(text.value);
  if (!parsed.success)
    throw recipeProblem(file, text.value, parsed.error, {
      placeOf: (field, ofName) => text.placeOf(field, ofName),
    });
  return resolvePaths(parsed.data, path.dirname(path.resolve(file)));
}

function readText(file: string): string {
  try {
    const stat = fs.statSync(file);
    if (stat.isDirectory())
      throw new AtelierError('file-unreadable', msg`${file}: this is a folder, not a recipe file.`);
    // A pipe would be waited for.
    if (!stat.isFile() || stat.size > LARGEST)
      throw new AtelierError('file-unreadable', msg`${file} is not a recipe file.`);
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new AtelierError('file-missing', msg`${file}: there is no such recipe file.`, { cause });
    throw readFailed(file, cause);
  }
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
  const { preset: named, atelier: _writer, ...asked } = recipe;
  const given = isWhole(recipe) ? { ...olderValues, ...asked } : asked;
  const complete = { ...presetFor(named ?? preset, given), ...given };
  const parsed = recipeSchema.safeParse(complete);
  if (!parsed.success) throw recipeProblem(source, complete, parsed.error);
  requireComputable(parsed.data, source);
  return parsed.data;
}

/**
 * Refuses settings that do not go together.
 * @throws `recipe-invalid`
 */
export function requireComputable({ objective, statistics }: Recipe, source: string): void {
  if (objective === 'paper' && statistics !== 'gram')
    throw new AtelierError(
      'recipe-invalid',
      msg`${source}: the papers’ sums need Gram matrices, not '${statistics}'.`,
      { next: msg`Choose 'gram' for the statistics, or 'mean' for the objective.` },
    );
}
