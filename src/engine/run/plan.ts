import type { Recipe } from '../../recipe/recipe';
import type { Size } from '../../nst/image';
import { planPyramid } from '../../nst/pyramid';
import type { StylizePlan } from '../../nst/stylize';
import { termsOf } from '../../nst/terms/term';
import { strengthsOf } from '../../recipe/strengths';
import { layersOf } from './prepare';

/** What a recipe asks for at the given size, in the words of the algorithm. */
export function planOf(recipe: Recipe, size: Size): StylizePlan {
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
      }),
      pooling,
      padding,
      tap,
      units: objective,
      grey: colors === 'luminance',
    },
    strengths: strengthsOf(recipe),
    optimizer: { kind: optimizer },
    init: init === 'content' || init === 'noise' ? init : 'image',
    seed,
  };
}
