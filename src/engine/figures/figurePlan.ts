import * as z from 'zod';
import { type Recipe } from '../../recipe/recipe';
import { storedRecipeSchema } from '../../recipe/storedRecipe';
import { LAYERS } from '../../nst/vgg19';
import type { AxisName } from './axis';

const image = z.string().min(1);
const starts = z.enum(['warm', 'cold']);
const common = {
  /** Longest side of each picture in pixels. */
  size: z.int().min(16).max(4096),
  /** Optimizer steps for each picture, at least 4. */
  steps: z.int().min(4).max(100_000),
  model: z.string().min(1),
};

const reconstructions = z.strictObject({
  kind: z.literal('reconstructions'),
  content: image.exactOptional(),
  style: image.exactOptional(),
  layers: z.array(z.enum(LAYERS)).min(1),
  /** Of the noise. */
  seed: z.int().min(0),
  ...common,
});

const change = z.custom<Partial<Recipe>>(value => typeof value === 'object' && value !== null);
const axis = z.strictObject({
  name: z.custom<AxisName>(value => typeof value === 'string'),
  values: z.array(z.strictObject({ label: z.string(), change })).min(1),
});

const tradeoff = z.strictObject({
  kind: z.literal('tradeoff'),
  base: storedRecipeSchema,
  rows: axis,
  columns: axis,
  draftSteps: z.int().min(1),
  start: starts,
  /** What a cell has as a normal run, where that is not what the studio preset has. */
  atFullSize: z
    .strictObject({ size: z.int().min(0), steps: z.int().min(1), pyramid: z.boolean() })
    .exactOptional(),
});

/** What one figure is made from, every field with a value: the whole of what its pictures depend on. */
export const figurePlanSchema = z.discriminatedUnion('kind', [reconstructions, tradeoff]);
export type FigurePlan = z.output<typeof figurePlanSchema>;
/** Figure 1 of the paper: what each layer knows. */
export type ReconstructionsPlan = z.output<typeof reconstructions>;
/** Figure 3 of the paper: two settings of a recipe against each other. */
export type GridPlan = z.output<typeof tradeoff>;
