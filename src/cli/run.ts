import { Command } from 'commander';
import { completeRecipe, readRecipeFile } from '../jobs/recipe-file';
import { addMachineOptions, settingsFrom, type MachineOptions } from './machine-options';

export function runCommand(): Command {
  const command = new Command('run')
    .description('paint a recipe file')
    .argument('<recipe>', 'a JSON file; its paths are relative to its folder')
    .addHelpText('after', '\nExample:\n  atelier run oil.atelier.json');
  return addMachineOptions(command).action(async (file: string, options: MachineOptions) => {
    const recipe = completeRecipe(readRecipeFile(file), { source: file });
    const { paintRecipe } = await import('./paint');
    await paintRecipe(recipe, { settings: settingsFrom(options), json: options.json === true });
  });
}
