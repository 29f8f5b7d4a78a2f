import { openDevice, type Device } from '../../backends/select';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { requireEncodable } from '../../images/encode';
import { checkOutput, isFolder, outputFormat } from '../../jobs/output';
import type { Origins } from '../../jobs/origins';
import { pickHaving } from '../../recipe/fields';
import type { Recipe } from '../../recipe/recipe';
import { modelsFolder } from '../../models/folder';
import type { Network } from '../../models/network';
import { openNetwork } from '../../models/openNetwork';
import type { Size } from '../../nst/image';
import type { LayerName } from '../../nst/vgg19';
import { Pictures } from './pictures';
import { layersOf } from './weightedLayers';
import type { EngineSettings, PaintingPlan } from '../../protocol/request';

/** Settings that a run depends on. */
export type RunSettings = Pick<
  EngineSettings,
  'device' | 'threads' | 'storage' | 'tensorflow' | 'precision' | 'naming'
>;

/** A recipe with all that it names. */
export interface RunInputs {
  readonly recipe: Recipe;
  readonly pictures: Pictures;
  readonly network: Network;
}

/** Ingredients, and what computes. */
export interface Prepared extends RunInputs {
  readonly device: Device;
}

/**
 * Reads and checks everything that a recipe names, and opens the device; nothing is written.
 * @throws the errors of `gather`, and of the device
 */
export async function prepare(recipe: Recipe, settings: RunSettings): Promise<Prepared> {
  const inputs = await loadInputs(recipe, settings);
  return { ...inputs, device: await openDevice(inputs.network, settings) };
}

/**
 * Reads and checks everything that a recipe names; nothing is written, and little is computed.
 * @throws the error that names what is wrong with an image, the model, a layer or the output
 */
export async function loadInputs(recipe: Recipe, settings: Pick<RunSettings, 'storage'>): Promise<RunInputs> {
  checkOutput(recipe);
  const [pictures, network] = await Promise.all([
    Pictures.read(recipe),
    openNetwork(recipe.model, { modelsFolder: modelsFolder(settings.storage), partial: true }),
  ]);
  requireLayers(network, recipe);
  const { output } = recipe;
  if (output !== undefined && !isFolder(output))
    requireEncodable(pictures.size, outputFormat(output), output);
  return { recipe, pictures, network };
}

/** What the cost of a painting depends on. */
export function costsOf(recipe: Recipe, image: Size): PaintingPlan {
  const { width, height } = image;
  return { image: { width, height }, ...pickHaving(recipe, 'costs') };
}

/** What a prepared recipe is made from. */
export function originsOf({ pictures, network }: Pick<Prepared, 'pictures' | 'network'>): Origins {
  return { ...pictures.hashes, network: network.fingerprint };
}

/** @throws `layer-unknown` when the recipe names a layer that the network does not have */
export function requireLayers(network: Network, { contentLayers, styleLayers }: Recipe): void {
  requireLayersNamed(network, [...layersOf(contentLayers), ...layersOf(styleLayers)]);
}

/** @throws `layer-unknown` when the network does not have one of the layers */
export function requireLayersNamed(network: Network, layers: readonly LayerName[]): void {
  const missing = layers.find(layer => !network.layers.includes(layer));
  if (missing === undefined) return;
  throw new AtelierError('layer-unknown', msg`The network ${network.name} has no layer ${missing}.`, {
    next: msg`It has ${network.layers.join(', ')}.`,
  });
}
