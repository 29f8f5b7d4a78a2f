import { Command } from 'commander';
import type { Losses } from '../nst/objective';
import { addMachineOptions, settingsFrom, type MachineOptions } from './machineOptions';
import { addRecipeOptions, recipeFrom, type RecipeOptions } from './recipeOptions';
import { printResult } from './output';
import { amount } from './wording';
import { toJson } from './json';

const about = `
The image is taken as it is unless --size is given; the content is brought to its size. Style images are taken as
they are, or at the size that a run would use when --size is given. Losses are unweighted.

Example:
  atelier evaluate result.png --content photo.jpg --style painting.jpg --json`;

interface EvaluateOptions extends RecipeOptions, MachineOptions {
  readonly content?: string;
  readonly style?: readonly string[];
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('the losses of a given image, per layer')
    .argument('<image>', 'the image to evaluate')
    .option('--content <file>', 'content image')
    .option('--style <files...>', 'style images, or swatch:ID');
  addMachineOptions(addRecipeOptions(command));
  return command.addHelpText('after', about).action(evaluate);
}

async function evaluate(image: string, options: EvaluateOptions): Promise<void> {
  const recipe = recipeFrom(options, { content: options.content, styles: options.style });
  const settings = settingsFrom(options);
  const { evaluateImage } = await import('../engine/evaluate');
  const { content, style, tv, total } = await evaluateImage(image, recipe, options.size ?? 0, settings);
  const report = { losses: { content, style, tv }, total, units: recipe.objective };
  printResult(options.json === true ? `${toJson(report)}\n` : table(report));
}

function table({
  losses,
  total,
  units,
}: {
  losses: Omit<Losses, 'total'>;
  total: number;
  units: string;
}): string {
  const rows = [
    ...Object.entries(losses.content).map(([layer, value]) => [`content ${layer}`, value] as const),
    ...Object.entries(losses.style).map(([layer, value]) => [`style   ${layer}`, value] as const),
    ['tv', losses.tv] as const,
    ['total (weighted)', total] as const,
  ];
  return [
    `Losses in ${units} units, unweighted:`,
    ...rows.map(([name, value]) => `  ${name.padEnd(18)} ${amount(value)}`),
    '',
  ].join('\n');
}
