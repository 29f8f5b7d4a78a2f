import type { Strengths } from '../nst/objective';
import { contentId, RANGE, REST, styleId, TV } from '../nst/terms/term';
import type { LayerName } from '../nst/vgg19';
import { pickHaving, type FieldsHaving } from './fields';
import type { Recipe } from './recipe';
import { isStyled } from './region';

/** What the strengths depend on, and can be changed while it paints. */
export type Weighting = Pick<Recipe, FieldsHaving<'tunable'>>;

/** A part of the picture, by number (0: what no region covers), and how much its style counts. */
export interface RegionWeight {
  readonly number: number;
  readonly weight: number;
}

/** The parts of a recipe that can be painted: what no region covers, then its regions. */
export function regionWeights({ regions = [] }: Pick<Recipe, 'regions'>): readonly RegionWeight[] {
  const styled = regions.flatMap((region, index) =>
    isStyled(region) ? [{ number: index + 1, weight: region.weight }] : [],
  );
  return [...THE_WHOLE, ...styled];
}

const THE_WHOLE: readonly RegionWeight[] = [{ number: REST, weight: 1 }];

/** Of a recipe, what can be changed while it paints. */
export function weightingOf(recipe: Weighting): Weighting {
  return pickHaving(recipe, 'tunable');
}

/**
 * The factors of total = α·content + β·Σ w_l style_l + γ·tv + ρ·range with α = 1 and β = 1/ratio; ratio 0 means α = 0
 * and β = 1. Layer weights are taken as given, times the weight of the region. Without ρ there is no such term.
 */
export function strengthsOf(
  { ratio, contentLayers, styleLayers, tv, range }: Weighting,
  parts = THE_WHOLE,
): Strengths {
  const [alpha, beta] = ratio === 0 ? [0, 1] : [1, 1 / ratio];
  return {
    ...scaled(contentLayers, alpha, contentId),
    ...parts.reduce<Strengths>(
      (before, { number, weight }) => ({
        ...before,
        ...scaled(styleLayers, beta * weight, layer => styleId(layer, number)),
      }),
      {},
    ),
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
