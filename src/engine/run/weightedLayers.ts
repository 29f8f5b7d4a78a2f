import { isLayerName, type LayerName } from '../../nst/vgg19';

/** The layers that have a weight. */
export function layersOf(weights: Readonly<Partial<Record<LayerName, number>>>): LayerName[] {
  return Object.keys(weights).filter(isLayerName);
}
