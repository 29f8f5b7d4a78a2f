import type { Tuning } from './studio';

/** Both changes in one, the second over the first. */
export function mergedTuning(first: Tuning, second: Tuning): Tuning {
  const styleLayers = { ...first.styleLayers, ...second.styleLayers };
  return { ...first, ...second, ...(Object.keys(styleLayers).length > 0 ? { styleLayers } : {}) };
}
