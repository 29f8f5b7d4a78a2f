import { openDevice, type Device } from '../backends/select';
import { AtelierError } from '../errors';
import { phrase } from '../phrase';
import { checkOutput } from '../jobs/output';
import type { Recipe } from '../jobs/recipe';
import { modelsFolder } from '../models/folder';
import type { Network } from '../models/network';
import { openNetwork } from '../models/openNetwork';
import { isLayerName, type LayerName } from '../nst/vgg19';
import { Pictures } from './pictures';
import type { EngineSettings } from './protocol';

/** Settings that a run depends on. */
export type RunSettings = Pick<EngineSettings, 'device' | 'threads' | 'storage' | 'tensorflow'>;

/** A recipe whose every ingredient is at hand. */
export interface Prepared {
  readonly recipe: Recipe;
  readonly pictures: Pictures;
  readonly network: Network;
  readonly device: Device;
}

/**
 * Reads and checks everything that a recipe names, and opens the device; nothing is written.
 * @throws the error that names what is wrong with an image, the model, a layer, the output or the device
 */
export async function prepare(recipe: Recipe, settings: RunSettings): Promise<Prepared> {
  checkOutput(recipe);
  const [pictures, network] = await Promise.all([
    Pictures.read(recipe),
    openNetwork(recipe.model, { modelsFolder: modelsFolder(settings.storage), partial: true }),
  ]);
  requireLayers(network, recipe);
  return { recipe, pictures, network, device: await openDevice(network, settings) };
}

/** @throws `layer-unknown` when the recipe names a layer that the network does not have */
export function requireLayers(network: Network, { contentLayers, styleLayers }: Recipe): void {
  const missing = [...layersOf(contentLayers), ...layersOf(styleLayers)].find(
    layer => !network.layers.includes(layer),
  );
  if (missing === undefined) return;
  throw new AtelierError('layer-unknown', phrase`The network ${network.name} has no layer ${missing}.`, {
    next: phrase`It has ${network.layers.join(', ')}.`,
  });
}

/** The layers that have a weight. */
export function layersOf(weights: Readonly<Partial<Record<LayerName, number>>>): LayerName[] {
  return Object.keys(weights).filter(isLayerName);
}
