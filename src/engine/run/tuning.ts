import type { Weighting } from '../../recipe/strengths';
import type { Tuning } from '../../protocol/request';

type Layers = Readonly<Record<string, number>>;
/** By field: a number, or weights of layers. */
type Values = Readonly<Record<string, number | Layers | undefined>>;

/** A weighting with the changes asked for. Layers that the run does not have are left out. */
export function retunedWeighting(weighting: Weighting, tuning: Tuning): Weighting {
  const changes: Values = { ...tuning };
  const entries = Object.entries(weighting).map(([field, value]) => {
    const change = changes[field];
    if (typeof value === 'object') return [field, reweighted(value, change as Layers | undefined)];
    return [field, change ?? value];
  });
  return Object.fromEntries(entries) as Weighting;
}

/** Both changes in one, the second over the first: field by field, and of layers one by one. */
export function mergedTuning(first: Tuning, second: Tuning): Tuning {
  const before: Values = { ...first };
  const entries = Object.entries(second as Values).map(([field, value]) => {
    const earlier = before[field];
    const areLayers = typeof earlier === 'object' && typeof value === 'object';
    return [field, areLayers ? { ...earlier, ...value } : value];
  });
  return { ...first, ...(Object.fromEntries(entries) as Tuning) };
}

function reweighted(layers: Layers, changes: Layers = {}): Layers {
  return Object.fromEntries(
    Object.entries(layers).map(([layer, weight]) => [layer, changes[layer] ?? weight]),
  );
}
