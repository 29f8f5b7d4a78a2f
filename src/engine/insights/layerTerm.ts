import type { Recipe } from '../../recipe/recipe';
import { MOST_REGIONS } from '../../recipe/region';
import type { Strengths } from '../../nst/objective';
import { contentId, styleId } from '../../nst/terms/term';
import { LAYERS, type LayerName } from '../../nst/vgg19';
import { layersOf } from '../run/weightedLayers';

/** One term of the objective: what is compared at one layer. A layer may be in two of them. */
export interface LayerTerm {
  readonly of: 'style' | 'content';
  readonly layer: LayerName;
}

/** The terms of a recipe: style layers in the order of the network, then content layers. */
export function layerTermsOf({ styleLayers, contentLayers }: Recipe): readonly LayerTerm[] {
  const terms = (of: LayerTerm['of'], weights: Recipe['styleLayers']): LayerTerm[] =>
    LAYERS.filter(layer => layersOf(weights).includes(layer)).map(layer => ({ of, layer }));
  return [...terms('style', styleLayers), ...terms('content', contentLayers)];
}

/** Strengths under which the objective is this term alone, in all parts of the picture. */
export function strengthsOfTerm({ of, layer }: LayerTerm): Strengths {
  if (of === 'content') return { [contentId(layer)]: 1 };
  const parts = Array.from({ length: MOST_REGIONS + 1 }, (_, number) => styleId(layer, number));
  return Object.fromEntries(parts.map(id => [id, 1]));
}
