import type { PresetValues } from './field';
import { fieldsHaving, rowOf, type FieldsHaving } from './fields';
import { PRESETS, type PresetName } from './presetNames';
import type { Recipe, RecipeFile } from './recipe';

/** All fields that are not about particular pictures. */
export type Preset = Pick<Recipe, FieldsHaving<'presets'>>;

function valuesOf(column: 'presets' | 'withGram', preset: PresetName): Partial<Preset> {
  return Object.fromEntries(
    fieldsHaving(column).map(name => {
      const values = rowOf(name)[column] as PresetValues<unknown>;
      return [name, values[preset] ?? values.studio];
    }),
  );
}

/** Complete values by preset. */
export const presets = Object.fromEntries(PRESETS.map(name => [name, valuesOf('presets', name)])) as Readonly<
  Record<PresetName, Preset>
>;

/**
 * A preset's values for a recipe with gaps, with the strengths that suit the statistic it asks for. The papers' sums are
 * of Gram matrices.
 */
export function presetFor(
  name: PresetName,
  { statistics, objective }: Pick<RecipeFile, 'statistics' | 'objective'>,
): Preset {
  const asked = statistics ?? (objective === 'paper' ? 'gram' : undefined);
  if (asked === undefined || asked === presets[name].statistics) return presets[name];
  return { ...presets[name], ...(asked === 'gram' ? valuesOf('withGram', name) : {}), statistics: asked };
}
