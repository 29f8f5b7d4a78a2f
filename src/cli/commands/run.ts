import { Command } from 'commander';
import { formatMessage } from '../../common/messages';
import { completeRecipe, readRecipeFile } from '../../recipe/recipeFile';
import type { ReadRecipe } from '../../recipe/storedRecipe';
import { addMachineOptions, settingsFrom, type MachineOptions } from '../machineOptions';
import { addPaintingOptions, type PaintingOptions } from '../paintingOptions';
import { printError } from '../reporting/output';

const examples = `
Examples:
  atelier run oil.atelier.json
  atelier run photo-mosaic.png                       once more, by the recipe inside a result`;

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
      const { recipe, remark, size } = await readRecipe(file);
      if (remark !== undefined) printError(`atelier: ${formatMessage(remark)}\n`);
      const { paintRecipe } = await import('./paint');
      const { json = false } = options;
      await paintRecipe(recipe, { ...options, size, settings: settingsFrom(options), json });
    },
  );
}

/** The recipe, and the size where it names one itself. */
async function readRecipe(file: string): Promise<ReadRecipe & { readonly size?: number | undefined }> {
  if (/\.(png|jpe?g|webp)$/i.test(file)) {
    const { readCarriedRecipe } = await import('../../recipe/carriedRecipe');
    const read = await readCarriedRecipe(file);
    return { ...read, size: read.recipe.size };
  }
  const written = readRecipeFile(file);
  return { recipe: completeRecipe(written, { source: file }), size: written.size };
}
