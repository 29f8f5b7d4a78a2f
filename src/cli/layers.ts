import { InvalidArgumentError } from 'commander';
import { AtelierError } from '../common/errors';
import { layerWeight } from '../recipe/fieldSchema';
import { isLayerName, LAYERS } from '../nst/vgg19';
import { msg } from '../common/messages';
import { parseItems } from './lists';
import { numberIn } from './numbers';

const shareOf = numberIn(layerWeight);

/** Layers, each with a weight if one is written: `conv4_2` or `conv4_2=0.5`. */
export interface WeightedLayer {
  readonly layer: string;
  readonly weight: number | undefined;
}

/** At least one layer, each once. */
export function parseLayers(text: string): WeightedLayer[] {
  const named = parseItems(text).map(item => {
    const [layer = '', weight] = item.split('=');
    if (!isLayerName(layer))
      throw new AtelierError('layer-unknown', msg`The command line: unknown layer '${layer}'.`, {
        next: msg`The available layers are ${LAYERS.join(', ')}.`,
      });
    return { layer, weight: weight === undefined ? undefined : shareOf(weight) };
  });
  if (named.length === 0) throw new InvalidArgumentError('Name at least one layer.');
  const twice = named.find(({ layer }, index) => named.findIndex(one => one.layer === layer) < index);
  if (twice !== undefined) throw new InvalidArgumentError(`${twice.layer} is named twice.`);
  return named;
}
