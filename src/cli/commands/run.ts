import * as path from 'node:path';
import { Command } from 'commander';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { RecipeFile } from '../../recipe/recipe';
import { completeRecipe, parseRecipe, readRecipeFile, resolvePaths } from '../../recipe/recipeFile';
import { addMachineOptions, settingsFrom, type MachineOptions } from '../machineOptions';
import { addPaintingOptions, type PaintingOptions } from '../paintingOptions';

const examples = `
Examples:
  atelier run oil.atelier.json
  atelier run photo-atelier.png                       once more, by the recipe inside a result`;

export function runCommand(): Command {
  const command = new Command('run')
    .description('paint a recipe file')
    .argument(
      '<recipe>',
      'a JSON file, its paths relative to its folder; or a result, which carries its recipe',
    )
    .addHelpText('after', examples);
  return addMachineOptions(addPaintingOptions(command)).action(
    async (file: string, options: MachineOptions & PaintingOptions) => {
      const written = await readRecipe(file);
      const recipe = completeRecipe(written, { source: file });
      const { paintRecipe } = await import('./paint');
      const { json = false } = options;
      await paintRecipe(recipe, { ...options, size: written.size, settings: settingsFrom(options), json });
    },
  );
}

async function readRecipe(file: string): Promise<RecipeFile> {
  if (!/\.(png|jpe?g|webp)$/i.test(file)) return readRecipeFile(file);
  const [{ readBytes }, { recipeIn }] = await Promise.all([
    import('../../images/file'),
    import('../../images/recipe'),
  ]);
  const text = await recipeIn(await readBytes(file));
  if (text === undefined)
    throw new AtelierError('recipe-invalid', msg`${file}: there is no recipe in this image.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AtelierError('recipe-invalid', msg`${file}: the recipe inside is not JSON.`, { cause });
  }
  return resolvePaths(parseRecipe(value, file), path.dirname(path.resolve(file)));
}
