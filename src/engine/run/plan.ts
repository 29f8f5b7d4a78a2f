import type { Recipe } from '../../recipe/recipe';
import type { Size } from '../../nst/image';
import { planPyramid } from '../../nst/pyramid';
import type { StylizePlan } from '../../nst/stylize';
import { termsOf } from '../../nst/terms/term';
import { strengthsOf, type RegionWeight } from '../../recipe/strengths';
import { layersOf } from './weightedLayers';

/**
 * What a recipe asks for at the given size, in the words of the algorithm.
 * @param parts of the picture that are painted, where regions are told apart
 */
export function planOf(recipe: Recipe, size: Size, parts?: readonly RegionWeight[]): StylizePlan {
  const {
    steps,
    pyramid,
    contentLayers,
    styleLayers,
    pooling,
    padding,
    tap,
    objective,
    statistics,
    range,
    colors,
    optimizer,
    init,
    seed,
  } = recipe;
  return {
    scales: pyramid ? planPyramid(size, steps) : [{ size, steps }],
    spec: {
      terms: termsOf({
        content: layersOf(contentLayers),
        style: layersOf(styleLayers),
        statistics,
        range: range > 0,
        ...(parts && { regions: parts.map(({ number }) => number) }),
      }),
      pooling,
      padding,
      tap,
      units: objective,
      grey: colors === 'luminance',
    },
    strengths: strengthsOf(recipe, parts),
    optimizer: { kind: optimizer },
    init: init === 'content' || init === 'noise' ? init : 'image',
    seed,
  };
}
