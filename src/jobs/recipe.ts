import { z } from 'zod';
import { LAYERS } from '../nst/vgg19';

const layer = z.enum(LAYERS);
const weight = z.number().min(0).finite();
const layerWeights = z.partialRecord(layer, weight).refine(weights => Object.keys(weights).length > 0, {
  message: 'name at least one layer',
});

/** One style image: a file (relative to the recipe's folder, or absolute), or `swatch:ID` for a built-in one. */
const style = z.strictObject({
  image: z.string().min(1).meta({ description: 'Style image: a path, or swatch:ID for a built-in swatch.' }),
  weight: z
    .number()
    .positive()
    .default(1)
    .meta({ description: 'Share of this image in the blend of styles.' }),
});

/**
 * What is asked of one run: the single source of the JSON Schema, the validation and the types.
 * total = α·content + β·Σ w_l style_l + γ·tv, with α = 1 and β = 1/ratio (ratio 0: α = 0, β = 1).
 */
export const recipeSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().optional().meta({ description: 'A title for people.' }),
    content: z.string().min(1).meta({ description: 'Content image: a path.' }),
    styles: z.array(style).min(1).meta({ description: 'Style images, blended by weight.' }),
    size: z
      .int()
      .min(0)
      .max(16384)
      .meta({ description: 'Longest side of the result in pixels; 0 keeps the size.' }),
    model: z.string().min(1).meta({ description: 'lite, vgg19, or a weight file.' }),
    steps: z.int().min(1).max(100_000).meta({ description: 'Optimizer steps, over all scales together.' }),
    ratio: z.number().min(0).finite().meta({ description: 'α/β, content against style.' }),
    contentLayers: layerWeights.meta({ description: 'Content layers and their weights.' }),
    styleLayers: layerWeights.meta({ description: 'Style layers and their weights w_l.' }),
    tv: weight.meta({ description: 'γ, weight of the total variation.' }),
    init: z.string().min(1).meta({ description: 'Start image: content, noise, or a path.' }),
    optimizer: z.enum(['lbfgs', 'adam']),
    pooling: z.enum(['avg', 'max']),
    tap: z.enum(['post', 'pre']).meta({ description: 'Features after or before the activation.' }),
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
    seed: z.int().min(0).max(0xffffffff),
    output: z.string().optional().meta({ description: 'Result file; by default beside the content image.' }),
  })
  .meta({ title: 'Atelier recipe', description: 'What one run of Atelier is asked to paint.' });

/** A complete recipe: every field has a value. */
export type Recipe = z.output<typeof recipeSchema>;
