import type { Weighting } from '../../recipe/strengths';
import type { Tuning } from '../process/protocol';

/** A weighting with the changes asked for. Layers that the run does not have are left out. */
export function retunedWeighting(
  weighting: Weighting,
  { ratio, contentLayers, styleLayers, tv }: Tuning,
): Weighting {
  return {
    ratio: ratio ?? weighting.ratio,
    contentLayers: reweighted(weighting.contentLayers, contentLayers),
    styleLayers: reweighted(weighting.styleLayers, styleLayers),
    tv: tv ?? weighting.tv,
  };
}

/** Both changes in one, the second over the first: field by field, and of layers one by one. */
export function mergedTuning(first: Tuning, second: Tuning): Tuning {
  const contentLayers = { ...first.contentLayers, ...second.contentLayers };
  const styleLayers = { ...first.styleLayers, ...second.styleLayers };
  return {
    ...first,
    ...second,
    ...(Object.keys(contentLayers).length > 0 ? { contentLayers } : {}),
    ...(Object.keys(styleLayers).length > 0 ? { styleLayers } : {}),
  };
}

function reweighted<T extends Readonly<Record<string, number | undefined>>>(
  layers: T,
  changes: Readonly<Record<string, number>> = {},
): T {
  return Object.fromEntries(
    Object.entries(layers).map(([layer, weight]) => [layer, changes[layer] ?? weight]),
  ) as T;
}
