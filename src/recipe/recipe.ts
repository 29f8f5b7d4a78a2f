import * as z from 'zod';
import type { ValueOf } from './fieldType';
import { fieldSchemas } from './fieldSchema';
import { fieldsHaving, rowOf, type FieldName, type fields, type FieldsHaving } from './fields';
import { PRESETS, type PresetName } from './presetNames';

type Values = { [F in FieldName]: ValueOf<(typeof fields)[F]['type']> };
type OptionalName = FieldsHaving<'optional'>;

/** A complete recipe: what is asked of one run, every field with a value. */
export type Recipe = Pick<Values, Exclude<FieldName, OptionalName>> & {
  [F in OptionalName]?: Values[F] | undefined;
};

/** A recipe as people write it: whatever it leaves open comes from its preset, `studio` when it names none. */
export type RecipeFile = { [F in FieldName]?: Values[F] | undefined } & {
  /** The version of Atelier that wrote it, and wrote it whole; absent where a person did. */
  readonly atelier?: string | undefined;
  readonly preset?: PresetName | undefined;
};

const optional = Object.fromEntries(
  fieldsHaving('optional').map(name => [name, fieldSchemas[name].optional()]),
);

export const recipeSchema = z.strictObject({ ...fieldSchemas, ...optional }) as unknown as z.ZodType<Recipe>;

export const recipeFileSchema = z
  .strictObject({
    atelier: z.string().optional().meta({ description: 'The version of Atelier that wrote this file.' }),
    ...z.strictObject(fieldSchemas).partial().shape,
    preset: z
      .enum(PRESETS)
      .optional()
      .meta({ description: 'Where the values come from that the recipe leaves open.' }),
  })
  .meta({
    title: 'Atelier recipe',
    description: 'What one run of Atelier is asked to paint.',
  }) as unknown as z.ZodType<RecipeFile>;

/** What files mean by the absence of fields that came later. */
export const olderValues: Readonly<Partial<Recipe>> = Object.fromEntries(
  fieldsHaving('older').map(name => [name, rowOf(name).older]),
);

/** Whether a recipe was written whole by Atelier: it says so, or it has every field that has always been there. */
export function isWhole(recipe: RecipeFile): boolean {
  const always = fieldsHaving('presets').filter(name => !(name in olderValues));
  return recipe.atelier !== undefined || always.every(name => recipe[name] !== undefined);
}
