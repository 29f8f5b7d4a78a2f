import * as z from 'zod';
import { fieldSchemas } from '../../recipe/fieldSchema';
import { grouped } from '../../nst/terms/term';
import { paintingFields, type PaintingInput } from '../inputs';
import { recipeOf } from '../recipeOf';
import type { Tool } from '../tool';

type Input = Omit<PaintingInput, 'size'> & { readonly image: string; readonly size: number };

export const evaluateImage: Tool<Input> = {
  title: 'Measure how close an image is to a style',
  description:
    'The losses of any image against a content image and a style, by layer and unweighted: the smaller, the nearer. ' +
    'Compare values only of the same size, styles and settings.',
  readOnly: true,
  input: z.strictObject({
    image: z.string().min(1).meta({ description: 'The image to measure: an absolute path.' }),
    // What the picture would come to be, and how, has no part in it.
    ...paintingFields(['output', 'size', 'steps', 'init', 'optimizer', 'pyramid', 'seed', 'colors']),
    size: fieldSchemas.size.default(512).meta({
      description: 'Longest side, in pixels, that the image is brought to first; 0 takes it as it is.',
    }),
  }),

  async run({ image, size, ...asked }, { access, painters, signal }) {
    const recipe = recipeOf(asked, 'evaluate_image', access);
    const { terms, total } = await painters.evaluate(access.source({ file: image }), recipe, size, signal);
    return { value: { losses: grouped(terms), total, units: recipe.objective } };
  },
};
