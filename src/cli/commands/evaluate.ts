import { Command } from 'commander';
import type { Losses } from '../../nst/objective';
import { grouped, partsOf } from '../../nst/terms/term';
import { addMachineOptions, settingsFrom, type MachineOptions } from '../machineOptions';
import { addRecipeOptions, recipeFrom, type RecipeOptions } from '../recipeOptions';
import { printResult } from '../reporting/output';
import { amount } from '../reporting/wording';
import { toJson } from '../reporting/json';

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
  addMachineOptions(addRecipeOptions(command, ['output']));
  return command.addHelpText('after', about).action(evaluate);
}

async function evaluate(image: string, options: EvaluateOptions): Promise<void> {
  const recipe = recipeFrom(options, { content: options.content, styles: options.style });
  const settings = settingsFrom(options);
  const { evaluateImage } = await import('../../engine/run/evaluate');
  const losses = await evaluateImage(image, recipe, options.size ?? 0, settings);
  const units = recipe.objective;
  const report = { losses: grouped(losses.terms), total: losses.total, units };
  printResult(options.json === true ? `${toJson(report)}\n` : table(losses, units));
}

function table({ terms, total }: Losses, units: string): string {
  const rows = [
    ...Object.entries(terms).map(([id, value]) => {
      const [group, layer] = partsOf(id);
      return [layer === undefined ? group : `${group.padEnd(7)} ${layer}`, value] as const;
    }),
    ['total (weighted)', total] as const,
  ];
  return [
    `Losses in ${units} units, unweighted:`,
    ...rows.map(([name, value]) => `  ${name.padEnd(18)} ${amount(value)}`),
    '',
  ].join('\n');
}
