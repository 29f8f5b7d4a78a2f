import type { Strengths } from '../nst/objective';
import { contentId, RANGE, styleId, TV } from '../nst/terms/term';
import type { LayerName } from '../nst/vgg19';
import { pickHaving, type FieldsHaving } from './fields';
import type { Recipe } from './recipe';

/** What the strengths depend on, and can be changed while it paints. */
export type Weighting = Pick<Recipe, FieldsHaving<'tunable'>>;

/** Of a recipe, what can be changed while it paints. */
export function weightingOf(recipe: Weighting): Weighting {
  return pickHaving(recipe, 'tunable');
}

/**
 * The factors of total = α·content + β·Σ w_l style_l + γ·tv + ρ·range with α = 1 and β = 1/ratio; ratio 0 means α = 0
 * and β = 1. Layer weights are taken as given. Without ρ there is no such term.
 */
export function strengthsOf({ ratio, contentLayers, styleLayers, tv, range }: Weighting): Strengths {
  const [alpha, beta] = ratio === 0 ? [0, 1] : [1, 1 / ratio];
  return {
    ...scaled(contentLayers, alpha, contentId),
    ...scaled(styleLayers, beta, styleId),
    [TV]: tv,
    ...(range > 0 ? { [RANGE]: range } : {}),
  };
}

function scaled(
  weights: Partial<Record<LayerName, number>>,
  factor: number,
  id: (layer: string) => string,
): Strengths {
  return Object.fromEntries(Object.entries(weights).map(([layer, weight]) => [id(layer), factor * weight]));
}
