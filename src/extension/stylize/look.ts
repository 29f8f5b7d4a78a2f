import { msg } from '../../common/messages';
import {
  LOOK_FIELDS,
  type Look,
  type LookControl,
  type LookField,
  type WholeLook,
} from '../../protocol/look';
import { ratioOf, strengthOf } from '../../protocol/strength';
import { fields, rowOf } from '../../recipe/fields';
import type { Recipe } from '../../recipe/recipe';
import { localize } from '../wording';

/** What a recipe says of how the painting is to look. */
export function lookOf(recipe: WholeLook): WholeLook {
  return Object.fromEntries(LOOK_FIELDS.map(field => [field, recipe[field]])) as unknown as WholeLook;
}

/** The fields as controls show them, in the language of the window. */
export function lookControls(): readonly LookControl[] {
  return LOOK_FIELDS.map(field => ({
    field,
    label: localize(rowOf(field).label ?? msg`Seed`),
    choices: choicesOf(field),
  }));
}

function choicesOf(field: LookField): LookControl['choices'] {
  if (field === 'init')
    return [
      { value: 'content', label: localize(msg`the content image`), detail: '' },
      { value: 'noise', label: localize(msg`white noise`), detail: '' },
    ];
  const { type } = rowOf(field);
  if (type.kind !== 'choice') return [];
  return Object.entries(type.choices).map(([value, { label, title }]) => ({
    value,
    label: localize(title ?? label),
    detail: title === undefined ? '' : localize(label),
  }));
}

/** The recipe with another look. The papers' sums are of Gram matrices, whatever is asked. */
export function withLook(recipe: Recipe, look: Look): Recipe {
  const { statistics, ...others } = Object.fromEntries(
    LOOK_FIELDS.flatMap(field => (look[field] === undefined ? [] : [[field, look[field]]])),
  ) as Partial<WholeLook>;
  const changed = { ...recipe, ...others };
  return statistics === undefined || recipe.objective === 'paper'
    ? changed
    : withStatistics(changed, statistics);
}

/** The recipe with another statistic: as strong, and as smooth, in the measure of that one. */
function withStatistics(recipe: Recipe, statistics: Recipe['statistics']): Recipe {
  const { ratio, tv, styleLayers } = recipe;
  if (statistics === recipe.statistics) return recipe;
  const of = (statistic: Recipe['statistics']): 'withGram' | 'presets' =>
    statistic === 'gram' ? 'withGram' : 'presets';
  const [before, after] = [of(recipe.statistics), of(statistics)];
  const isDefault = JSON.stringify(styleLayers) === JSON.stringify(fields.styleLayers[before].studio);
  return {
    ...recipe,
    statistics,
    ratio: ratio === 0 ? 0 : ratioOf(strengthOf(ratio, recipe.statistics), statistics),
    tv: (tv * fields.tv[after].studio) / fields.tv[before].studio,
    styleLayers: isDefault ? { ...fields.styleLayers[after].studio } : styleLayers,
  };
}
