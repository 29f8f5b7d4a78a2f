import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { Network } from '../../models/network';
import type { LayerName } from '../../nst/vgg19';

/**
 * The layers that someone named, or those of the paper's figure as far as the network has them.
 * @throws `layer-unknown` for a named layer that the network does not have, or when it has none of the paper's
 */
export function figureLayers(
  { name, layers }: Pick<Network, 'name' | 'layers'>,
  named: readonly LayerName[] | undefined,
  figure: readonly LayerName[],
): readonly LayerName[] {
  const wanted = named ?? figure;
  const missing = wanted.find(layer => !layers.includes(layer));
  const present = wanted.filter(layer => layers.includes(layer));
  if (missing !== undefined && (named !== undefined || present.length === 0))
    throw new AtelierError('layer-unknown', msg`The network ${name} has no layer ${missing}.`, {
      next: msg`It has ${layers.join(', ')}.`,
    });
  return present;
}
