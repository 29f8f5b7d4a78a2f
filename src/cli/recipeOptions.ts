import { Option, type Command } from 'commander';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { layerWeight } from '../recipe/fieldSchema';
import { presetFor } from '../recipe/presets';
import { PRESETS, type PresetName } from '../recipe/presetNames';
import { recipeFileSchema, type Recipe, type RecipeFile } from '../recipe/recipe';
import { completeRecipe, readRecipeFile } from '../recipe/recipeFile';
import { recipeProblem } from '../recipe/recipeProblem';
import { resolvePaths } from '../recipe/recipePaths';
import { styleWeight } from '../recipe/style';
import { fieldOptions, givenFields, type FieldOptions, type OptionField } from './fieldOptions';
import { numbersIn } from './numbers';
import { optionName } from './optionName';
import { namedRegions, regionOptions, type RegionOptions } from './regionOptions';

/** The options of the command line that are about the picture, as commander gives them. */
export interface RecipeOptions extends FieldOptions, RegionOptions {
  readonly layerWeights?: readonly number[];
  readonly styleWeights?: readonly number[];
  readonly preset?: PresetName;
  readonly recipe?: string;
}

/**
 * Adds the options of everything that a recipe says.
 * @param without fields that the command gives in its own way
 */
export function addRecipeOptions(command: Command, without?: readonly OptionField[]): Command {
  for (const option of [...fieldOptions(without), ...regionOptions()]) command.addOption(option);
  return command
    .option('--layer-weights <list>', 'weights of the style layers, in their order', numbersIn(layerWeight))
    .option(
      '--style-weights <list>',
      'shares of the style images in the blend, in their order',
      numbersIn(styleWeight),
    )
    .addOption(
      new Option('--preset <name>', 'values for options not given (default: studio)').choices(PRESETS),
    )
    .option('--recipe <file>', 'a recipe file; options override its values');
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
  throw recipeProblem('The command line', fields, parsed.error, { code: 'usage', nameOf: givenBy });
}

/** The option, or the argument, that gave the field. */
function givenBy([field]: readonly PropertyKey[]): string {
  if (field === 'content') return 'content image';
  if (field === 'styles') return 'style image';
  if (field === 'regions') return '--region and --keep';
  return optionName(String(field));
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
  const { content } = pictures;
  const given = givenFields(options);
  const styles = stylesOf(options, pictures, file);
  const layers = weightedLayers(options, given, file, preset);
  const regions = namedRegions(options);
  return {
    ...(content === undefined ? {} : { content }),
    ...(styles === undefined ? {} : { styles }),
    ...given,
    ...(layers === undefined ? {} : { styleLayers: layers }),
    ...(regions === undefined ? {} : { regions }),
  };
}

function stylesOf(
  { styleWeights: shares }: RecipeOptions,
  { styles: named }: NamedPictures,
  file: RecipeFile,
): RecipeFile['styles'] {
  if (named === undefined && shares === undefined) return undefined;
  const images = named ?? file.styles?.map(({ image }) => image) ?? [];
  if (shares !== undefined && shares.length !== images.length)
    throw new AtelierError(
      'usage',
      msg`--style-weights has ${shares.length} weights for ${images.length} styles.`,
    );
  return images.map((image, index) => ({ image, weight: shares?.[index] ?? 1 }));
}

/** The style layers with the weights of `--layer-weights`: those of the command line, of the recipe, or of the preset. */
function weightedLayers(
  { layerWeights, styleLayers }: RecipeOptions,
  given: Record<string, unknown>,
  file: RecipeFile,
  preset: PresetName,
): Record<string, number> | undefined {
  if (layerWeights === undefined) return undefined;
  const layers =
    styleLayers?.map(({ layer }) => layer) ??
    Object.keys(file.styleLayers ?? presetFor(preset, { ...file, ...given }).styleLayers);
  if (layers.length !== layerWeights.length)
    throw new AtelierError(
      'usage',
      msg`--layer-weights has ${layerWeights.length} weights for ${layers.length} layers (${layers.join(', ')}).`,
    );
  return Object.fromEntries(layers.map((layer, index) => [layer, layerWeights[index] ?? NaN]));
}
