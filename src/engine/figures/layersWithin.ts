import { LAYERS, type LayerName } from '../../nst/vgg19';
import type { Recipe } from '../../recipe/recipe';

/** The layers of a cell that a network has; one that ends before those of the content gives its deepest for it. */
export function layersWithin(
  layers: readonly LayerName[],
  { contentLayers, styleLayers }: Pick<Recipe, 'contentLayers' | 'styleLayers'>,
): Pick<Recipe, 'contentLayers' | 'styleLayers'> {
  const within = (weights: Recipe['styleLayers']): Recipe['styleLayers'] =>
    Object.fromEntries(Object.entries(weights).filter(([layer]) => layers.includes(layer as LayerName)));
  const content = within(contentLayers);
  const [deepest = LAYERS[0]] = layers.slice(-1);
  return {
    contentLayers: Object.keys(content).length > 0 ? content : { [deepest]: 1 },
    styleLayers: within(styleLayers),
  };
}
