import { Command } from 'commander';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { Recipe } from '../../recipe/recipe';
import { addMachineOptions, settingsFrom, type MachineOptions } from '../machineOptions';
import { addPaintingOptions, type PaintingOptions } from '../paintingOptions';
import { addRecipeOptions, recipeFrom, type RecipeOptions } from '../recipeOptions';
import { samples } from './samples';

const examples = `
Examples:
  atelier stylize                                     the bundled samples
  atelier stylize photo.jpg painting.jpg              the result is saved beside the photo
  atelier stylize photo.jpg painting.jpg -o out.png --size 1024
  atelier stylize photo.jpg swatch:woodcut            a built-in style
  atelier stylize photo.jpg a.jpg b.jpg --style-weights 2,1
  atelier stylize photo.jpg painting.jpg --region sky.png=night.jpg --keep face.png
  atelier stylize photo.jpg painting.jpg --ratio 1/1000 --tv 20 --steps 300
  atelier stylize photo.jpg --recipe oil.json --json

With --ratio, content counts α/β times as much as style: smaller is wilder.`;

export function stylizeCommand(): Command {
  const command = new Command('stylize')
    .description('paint the content image in the style of one or more others')
    .argument('[content]', 'content image')
    .argument('[styles...]', 'style images, or swatch:ID for a built-in style');
  addMachineOptions(addPaintingOptions(addRecipeOptions(command)));
  return command.addHelpText('after', examples).action(stylize);
}

async function stylize(
  content: string | undefined,
  styles: readonly string[],
  options: RecipeOptions & MachineOptions & PaintingOptions,
): Promise<void> {
  const recipe = recipeOf(content, styles, options);
  // What paints is loaded when it is known that there is something to paint.
  const { paintRecipe } = await import('./paint');
  const { json = false } = options;
  await paintRecipe(recipe, { ...options, settings: settingsFrom(options), json });
}

function recipeOf(content: string | undefined, styles: readonly string[], options: RecipeOptions): Recipe {
  if (content === undefined && options.recipe === undefined) {
    // Not beside the samples, in the program's own folder, but where the user is.
    const here = { ...options, output: options.output ?? process.cwd() };
    return recipeFrom(here, { content: samples.content(), styles: [samples.style] });
  }
  if (styles.length === 0 && options.recipe === undefined)
    throw new AtelierError('usage', msg`Name at least one style image after the content image.`, {
      next: msg`Built-in styles work too, for example swatch:woodcut.`,
    });
  return recipeFrom(options, { content, styles: styles.length > 0 ? styles : undefined });
}
