import * as z from 'zod';
import { STATISTICS } from '../nst/terms/term';
import { LAYERS, type LayerName } from '../nst/vgg19';

const weight = z.number().min(0);
const styleWeight = z.number().positive();

/** Weights by layer, at least one. */
const layerWeights = z
  .strictObject(Object.fromEntries(LAYERS.map(layer => [layer, weight.exactOptional()])) as LayerFields)
  .refine(weights => Object.keys(weights).length > 0, { message: 'name at least one layer' });

type LayerFields = Record<LayerName, z.ZodExactOptional<typeof weight>>;

/** One style image: a file (relative to the recipe's folder, or absolute), or `swatch:ID` for a built-in one. */
const style = z.strictObject({
  image: z.string().min(1).meta({ description: 'Style image: a path, or swatch:ID for a built-in swatch.' }),
  weight: styleWeight.default(1).meta({ description: 'Share of this image in the blend of styles.' }),
});

const fields = {
  $schema: z.string().optional().meta({ description: 'The schema of this file.' }),
  name: z.string().optional().meta({ description: 'A title for people.' }),
  content: z.string().min(1).meta({ description: 'Content image: a path.' }),
  styles: z.array(style).min(1).meta({ description: 'Style images, blended by weight.' }),
  size: z
    .int()
    .min(0)
    .max(16384)
    .meta({ description: 'Longest side of the result in pixels; 0 keeps the size.' }),
  model: z
    .string()
    .min(1)
    .meta({ description: 'lite, vgg19, the name of an imported network, or a weight file.' }),
  steps: z.int().min(1).max(100_000).meta({ description: 'Optimizer steps, over all scales together.' }),
  ratio: z.number().min(0).meta({ description: 'α/β, content against style; 0 leaves content out.' }),
  contentLayers: layerWeights.meta({ description: 'Content layers and their weights.' }),
  styleLayers: layerWeights.meta({ description: 'Style layers and their weights w_l.' }),
  tv: weight.meta({ description: 'γ, weight of the total variation.' }),
  init: z.string().min(1).meta({ description: 'Start image: content, noise, or a path.' }),
  optimizer: z.enum(['lbfgs', 'adam']).meta({ description: 'L-BFGS, or Adam.' }),
  pooling: z.enum(['avg', 'max']).meta({ description: 'Average or max pooling in the network.' }),
  padding: z.enum(['replicate', 'zero']).meta({
    description: 'Beyond the edge of the image: its nearest pixels again, or zeros as in the papers.',
  }),
  tap: z.enum(['post', 'pre']).meta({ description: 'Features after or before the activation.' }),
  statistics: z
    .enum(STATISTICS)
    .meta({ description: 'What of the features makes a style: Gram matrices, or mean and covariance.' }),
  objective: z
    .enum(['mean', 'paper'])
    .meta({ description: 'Mean units, or the literal sums of the papers.' }),
  pyramid: z.boolean().meta({ description: 'Coarse to fine.' }),
  styleScale: z
    .number()
    .min(0.1)
    .max(4)
    .meta({ description: 'Size of the style image relative to the result.' }),
  colors: z
    .enum(['style', 'content'])
    .meta({ description: 'content keeps the colours of the content image.' }),
  seed: z.int().min(0).max(0xffffffff).meta({ description: 'Seed of the noise.' }),
  output: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Result file; by default a free name beside the content image.' }),
};

/**
 * What is asked of one run, every field with a value: the single source of the JSON Schema, the validation and the
 * types. total = α·content + β·Σ w_l style_l + γ·tv, with α = 1 and β = 1/ratio (ratio 0: α = 0, β = 1).
 */
export const recipeSchema = z.strictObject(fields);

/** What the numbers of a recipe may be. */
export const recipeBounds = {
  size: fields.size,
  steps: fields.steps,
  ratio: fields.ratio,
  tv: fields.tv,
  styleScale: fields.styleScale,
  seed: fields.seed,
  layerWeight: weight,
  styleWeight,
} as const;

/** What a complete recipe from before a field was there means by its absence. */
export const olderValues = { statistics: 'gram' } as const satisfies Partial<Recipe>;

/** A complete recipe as a file holds it, this version's or an older one's. */
export const storedRecipeSchema = z.preprocess(
  value => (typeof value === 'object' && value !== null ? { ...olderValues, ...value } : value),
  recipeSchema,
);

/** A complete recipe. */
export type Recipe = z.output<typeof recipeSchema>;

export const PRESETS = ['studio', 'lineart', 'paper', 'article', 'preview'] as const;

/** A set of values for all that a recipe leaves open. */
export type PresetName = (typeof PRESETS)[number];

/** A recipe as people write it: whatever it leaves open comes from its preset, `studio` when it names none. */
export const recipeFileSchema = z
  .strictObject({
    ...z.strictObject(fields).partial().shape,
    preset: z
      .enum(PRESETS)
      .optional()
      .meta({ description: 'Where the values come from that the recipe leaves open.' }),
  })
  .meta({ title: 'Atelier recipe', description: 'What one run of Atelier is asked to paint.' });

/** A recipe with gaps. */
export type RecipeFile = z.output<typeof recipeFileSchema>;
