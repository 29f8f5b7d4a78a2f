import { Command } from 'commander';
import type { RunSettings } from '../../engine/run/prepare';
import type { Losses } from '../../nst/objective';
import { grouped, partsOf } from '../../nst/terms/term';
import type { Recipe } from '../../recipe/recipe';
import { addMachineOptions, settingsFrom, type MachineOptions } from '../machineOptions';
import { addRecipeOptions, recipeFrom, type RecipeOptions } from '../recipeOptions';
import type { RefereeReport } from '../../protocol/reply';
import { FORCE, type ForceOption } from '../forceOption';
import { printResult } from '../reporting/output';
import { amount } from '../reporting/wording';
import { toJson } from '../reporting/json';

const about = `
The image is taken as it is unless --size is given; the content is brought to its size. Style images are taken as
they are, or at the size that a run would use when --size is given. Losses are unweighted.

--referee lets another network say how near the image is to its style: one that is installed, vgg19 before others, or
lite; the network that painted judges its own work only where there is no other. The exact Wasserstein-2 distance of
mean and covariance at conv1_1, conv2_1 and conv3_1, the error of the content at conv3_4, the share of samples at black
or full, and the strength of colours at 0.08 to 0.25 cycles per pixel over the style's (fringes: over 1). It judges the
file as it is, whatever --size says.

Example:
  atelier evaluate result.png --content photo.jpg --style painting.jpg --json`;

interface EvaluateOptions extends RecipeOptions, MachineOptions, ForceOption {
  readonly content?: string;
  readonly style?: readonly string[];
  readonly referee?: string | true;
}

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('measure the losses of an image, layer by layer')
    .argument('<image>', 'the image to evaluate')
    .option('--content <file>', 'content image')
    .option('--style <files...>', 'style images, or swatch:ID')
    .option('--referee [network]', 'judge the file by another network than its own, by name or file');
  addMachineOptions(addRecipeOptions(command, ['output'])).option(...FORCE);
  return command.addHelpText('after', about).action(evaluate);
}

async function evaluate(image: string, options: EvaluateOptions): Promise<void> {
  const recipe = recipeFrom(options, { content: options.content, styles: options.style });
  const settings = settingsFrom(options);
  const [{ evaluateImage }, { requireMemory }] = await Promise.all([
    import('../../engine/run/evaluate'),
    import('./requireMemory'),
  ]);
  const losses = await evaluateImage(image, recipe, options.size ?? 0, settings, (device, plan) =>
    requireMemory([{ file: image, plan }], device, settings.storage, options.force === true),
  );
  const units = recipe.objective;
  const referee = await judged(image, recipe, options.referee, settings);
  const report = { losses: grouped(losses.terms), total: losses.total, units, ...(referee && { referee }) };
  const texts = [table(losses, units), ...(referee === undefined ? [] : [verdict(referee)])];
  printResult(options.json === true ? `${toJson(report)}\n` : texts.join('\n'));
}

async function judged(
  image: string,
  recipe: Recipe,
  asked: string | true | undefined,
  settings: RunSettings,
): Promise<RefereeReport | undefined> {
  if (asked === undefined) return undefined;
  const { judgePicture } = await import('../../engine/referee/referee');
  return judgePicture(image, recipe, settings, asked === true ? undefined : asked);
}

function verdict(report: RefereeReport): string {
  const { network, independent, distances, distance, contentDistance, contentError, clipped, chroma } =
    report;
  const rows: (readonly [string, string])[] = [
    ...Object.entries(distances).map(([layer, value]) => [`style   ${layer}`, amount(value)] as const),
    ['style   mean', `${amount(distance)} (the content image: ${amount(contentDistance)})`],
    ['content error', amount(contentError)],
    ['clipped samples', `${(100 * clipped).toFixed(2)} %`],
    ['chroma / style', chroma.toFixed(2)],
  ];
  return [
    independent
      ? `Judged by ${network}, which did not paint it:`
      : `Judged by ${network}, the network that paints: import or download another for a judge of its own.`,
    ...rows.map(([name, value]) => `  ${name.padEnd(18)} ${value}`),
    '',
  ].join('\n');
}

function table({ terms, total }: Losses, units: string): string {
  const rows = [
    ...Object.entries(terms).map(([id, value]) => {
      const [group, layer, region] = partsOf(id);
      const place = region === undefined ? layer : `${layer} ${region}`;
      return [place === undefined ? group : `${group.padEnd(7)} ${place}`, value] as const;
    }),
    ['total (weighted)', total] as const,
  ];
  return [
    `Losses in ${units} units, unweighted:`,
    ...rows.map(([name, value]) => `  ${name.padEnd(18)} ${amount(value)}`),
    '',
  ].join('\n');
}
