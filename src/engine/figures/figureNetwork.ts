import type { Network } from '../../models/network';
import { openNetwork } from '../../models/openNetwork';
import { LAYERS, layersUpTo, type LayerName } from '../../nst/vgg19';

/**
 * Opens a network for a figure: no deeper than the figure looks, and of files that end early as far as they go.
 * Whether it has the layers is still to be checked.
 * @param layers that the figure asks for
 * @throws the errors of `openNetwork`
 */
export function openFigureNetwork(
  model: string,
  layers: readonly LayerName[],
  modelsFolder: string,
): Promise<Network> {
  const deepest = layersUpTo(layers).at(-1);
  // A whole network is checked against what its file recorded when it was installed.
  const depth = deepest === undefined || deepest === LAYERS.at(-1) ? {} : { deepest };
  return openNetwork(model, { modelsFolder, partial: true, ...depth });
}
