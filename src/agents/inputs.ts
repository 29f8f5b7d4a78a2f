import * as z from 'zod';
import { fieldSchemas } from '../recipe/fieldSchema';
import { fieldNames, type FieldName } from '../recipe/fields';
import { PRESETS } from '../recipe/presetNames';
import type { RecipeFile } from '../recipe/recipe';
import { LONGEST_ANSWER } from './tool';

/** How long a call waits for a painting to end. */
export const wait = z
  .number()
  .min(0)
  .max(LONGEST_ANSWER)
  .default(LONGEST_ANSWER)
  .meta({ description: 'Seconds to wait for the end; the answer comes sooner when it is over.' });

/** The identifier of a run. */
export const run = z
  .string()
  .regex(/^\d{8}-\d{6}-\d{3}-[0-9a-f]{4}$/)
  .meta({ description: 'The identifier of a run, as stylize_image and list_runs give it.' });

/** What is painted in which style, and all else that a recipe says and an agent may ask for. */
export type PaintingInput = Omit<RecipeFile, '$schema' | 'name' | 'atelier'> & {
  readonly style?: string | undefined;
};

/** Those that are told in their own words, and those that are about files. */
const OTHERWISE: readonly FieldName[] = ['$schema', 'name', 'content', 'styles'];

/**
 * The fields of a painting, from the table of fields.
 * @param without fields that mean nothing to the tool
 */
export function paintingFields(without: readonly FieldName[] = []): Record<string, z.ZodType> {
  const further = fieldNames.filter(name => ![...OTHERWISE, ...without].includes(name));
  return {
    content: fieldSchemas.content.meta({
      description: 'Content image, the photograph: an absolute path.',
    }),
    style: z.string().min(1).optional().meta({
      description: 'Style image: an absolute path, or swatch:ID for a built-in style (see list_styles).',
    }),
    styles: fieldSchemas.styles.optional().meta({
      description: 'In place of style: several style images, blended by weight.',
    }),
    preset: z
      .enum(PRESETS)
      .optional()
      .meta({ description: 'Where the values come from that are left open; studio by default.' }),
    ...Object.fromEntries(further.map(name => [name, fieldSchemas[name].optional()])),
  };
}
