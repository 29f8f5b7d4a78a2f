import { Option, type Command } from 'commander';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { presetFor } from '../recipe/presets';
import {
  PRESETS,
  recipeBounds,
  recipeFileSchema,
  type PresetName,
  type Recipe,
  type RecipeFile,
} from '../recipe/recipe';
import { recipeProblem } from '../recipe/recipeProblem';
import { STATISTICS, type Statistic } from '../nst/terms/term';
import { completeRecipe, readRecipeFile, resolvePaths } from '../recipe/recipeFile';
import { parseLayers, type WeightedLayer } from './layers';
import { numberIn, numbersIn } from './numbers';

/** The options of the command line that are about the picture, as commander gives them. */
export interface RecipeOptions {
  readonly output?: string;
  readonly size?: number;
  readonly model?: string;
  readonly steps?: number;
  readonly ratio?: number;
  readonly tv?: number;
  readonly init?: string;
  readonly optimizer?: 'lbfgs' | 'adam';
  readonly pooling?: 'avg' | 'max';
  readonly padding?: 'replicate' | 'zero';
  readonly tap?: 'post' | 'pre';
  readonly contentLayers?: readonly WeightedLayer[];
  readonly styleLayers?: readonly WeightedLayer[];
  readonly layerWeights?: readonly number[];
  readonly styleWeights?: readonly number[];
  readonly styleScale?: number;
  readonly objective?: 'mean' | 'paper';
  readonly statistics?: Statistic;
  readonly preset?: PresetName;
  readonly pyramid?: boolean;
  readonly keepColors?: boolean;
  readonly seed?: number;
  readonly recipe?: string;
}

/** Adds the options that `stylize` and `evaluate` share. */
export function addRecipeOptions(command: Command): Command {
  const choice = (flags: string, description: string, choices: readonly string[]) =>
    new Option(flags, description).choices(choices);
  return command
    .option('--size <pixels>', 'longest side of the result; 0: as it is', numberIn(recipeBounds.size))
    .option('--model <name>', 'lite, vgg19, an imported network, or a weight file')
    .option('--steps <n>', 'optimizer steps, over all scales together', numberIn(recipeBounds.steps))
    .option(
      '--ratio <α/β>',
      'content against style: 0.003 or 1/300; 0 leaves content out',
      numberIn(recipeBounds.ratio),
    )
    .option('--tv <γ>', 'weight of the total variation, against grain', numberIn(recipeBounds.tv))
    .option('--init <start>', 'start image: content, noise, or a file')
    .addOption(choice('--optimizer <name>', 'how the picture is improved', ['lbfgs', 'adam']))
    .addOption(choice('--pooling <kind>', 'pooling in the network', ['avg', 'max']))
    .addOption(choice('--padding <kind>', 'what the network sees beyond the edge', ['replicate', 'zero']))
    .addOption(
      choice('--tap <place>', 'features after (post) or before (pre) the activation', ['post', 'pre']),
    )
    .option('--content-layers <list>', 'conv4_2, or with weights conv4_2=1,conv3_2=0.5', parseLayers)
    .option('--style-layers <list>', 'conv1_1,conv2_1,…; without weights they count alike', parseLayers)
    .option(
      '--layer-weights <list>',
      'weights of the style layers, in their order',
      numbersIn(recipeBounds.layerWeight),
    )
    .option(
      '--style-weights <list>',
      'shares of the style images in the blend, in their order',
      numbersIn(recipeBounds.styleWeight),
    )
    .option(
      '--style-scale <x>',
      'size of the style image relative to the result',
      numberIn(recipeBounds.styleScale),
    )
    .addOption(
      choice('--statistics <kind>', 'what a style is: Gram matrices, or mean and covariance', STATISTICS),
    )
    .addOption(
      choice('--objective <units>', 'mean units, or the literal sums of the papers', ['mean', 'paper']),
    )
    .addOption(choice('--preset <name>', 'values for all that is left open (default: studio)', PRESETS))
    .option('--no-pyramid', 'paint at the full size from the start')
    .option('--keep-colors', 'keep the colours of the content image')
    .option('--seed <n>', 'seed of the noise', numberIn(recipeBounds.seed))
    .option('--recipe <file>', 'a recipe file; options come before what it says');
}

/** What the pictures on the command line are. */
export interface NamedPictures {
  readonly content?: string | undefined;
  readonly styles?: readonly string[] | undefined;
}

/**
 * The complete recipe of a command line: options first, then the recipe file, then the preset.
 * @throws `usage`, `recipe-invalid`, `layer-unknown`, `file-missing`
 */
export function recipeFrom(options: RecipeOptions, pictures: NamedPictures): Recipe {
  const file = options.recipe === undefined ? {} : recipeOfFile(options.recipe, pictures);
  const preset = options.preset ?? file.preset ?? 'studio';
  const given = resolvePaths(checked(fieldsOf(options, pictures, file, preset)), process.cwd());
  return completeRecipe({ ...file, ...given, preset }, { source: options.recipe ?? 'The command line' });
}

function checked(fields: Record<string, unknown>): RecipeFile {
  const parsed = recipeFileSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw recipeProblem('The command line', fields, parsed.error, { code: 'usage', nameOf: optionName });
}

/** The option, or the argument, that gave the field. */
function optionName([field]: readonly PropertyKey[]): string {
  const name = String(field);
  if (name === 'content') return 'content image';
  if (name === 'styles') return 'style image';
  return `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

/** The result that a recipe names is that of its own content: another painting does not replace it. */
function recipeOfFile(name: string, { content }: NamedPictures): RecipeFile {
  const { output, ...recipe } = readRecipeFile(name);
  return output === undefined || content !== undefined ? recipe : { ...recipe, output };
}

function fieldsOf(
  options: RecipeOptions,
  pictures: NamedPictures,
  file: RecipeFile,
  preset: PresetName,
): Record<string, unknown> {
  const { pyramid, keepColors } = options;
  const styles = pictures.styles ?? file.styles?.map(({ image }) => image);
  const shares = options.styleWeights;
  if (shares !== undefined && shares.length !== (styles?.length ?? 0))
    throw new AtelierError(
      'usage',
      msg`--style-weights has ${shares.length} weights for ${styles?.length ?? 0} styles.`,
    );
  const fields: Record<string, unknown> = {
    content: pictures.content,
    styles:
      pictures.styles === undefined && shares === undefined
        ? undefined
        : styles?.map((image, index) => ({ image, weight: shares?.[index] ?? 1 })),
    contentLayers: options.contentLayers && weighted(options.contentLayers, 1),
    styleLayers: styleLayers(
      options,
      file.styleLayers ?? presetFor(preset, { ...file, ...options }).styleLayers,
    ),
    // Commander presets the positive side of a --no- option; only the negative one was asked for.
    pyramid: pyramid === false ? false : undefined,
    colors: keepColors === true ? 'content' : undefined,
    output: options.output,
    size: options.size,
    model: options.model,
    steps: options.steps,
    ratio: options.ratio,
    tv: options.tv,
    init: options.init,
    optimizer: options.optimizer,
    pooling: options.pooling,
    padding: options.padding,
    tap: options.tap,
    styleScale: options.styleScale,
    objective: options.objective,
    statistics: options.statistics,
    seed: options.seed,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function styleLayers(
  { styleLayers: named, layerWeights }: RecipeOptions,
  present: Readonly<Record<string, number>>,
): Record<string, number> | undefined {
  if (layerWeights === undefined) return named && weighted(named, 1 / named.length);
  const layers = named?.map(({ layer }) => layer) ?? Object.keys(present);
  if (layers.length !== layerWeights.length)
    throw new AtelierError(
      'usage',
      msg`--layer-weights has ${layerWeights.length} weights for ${layers.length} layers (${layers.join(', ')}).`,
    );
  return Object.fromEntries(layers.map((layer, index) => [layer, layerWeights[index] ?? NaN]));
}

function weighted(layers: readonly WeightedLayer[], otherwise: number): Record<string, number> {
  return Object.fromEntries(layers.map(({ layer, weight }) => [layer, weight ?? otherwise]));
}
