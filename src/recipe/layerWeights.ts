import type { LayerName } from '../nst/vgg19';
import type { LayerWeights } from './fieldType';

/** Equal weights that sum to 1: w_l = 1/(number of layers), as in Gatys et al. 2015. */
export function equalWeights(layers: readonly LayerName[]): LayerWeights {
  return Object.fromEntries(layers.map(layer => [layer, 1 / layers.length]));
}

/** The style layers of the papers. */
export const FIVE: readonly LayerName[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'];
