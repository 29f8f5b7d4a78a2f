import type { FeatureKind } from './kind';

/** Σ(F−P)². Mean units: mean(((F−P)/a)²). Paper: ½ (Gatys et al. 2015, eq. 1). */
export const content: FeatureKind = {
  reads: 'features',
  slope: 2,
  scale: (units, { meanActivation, channels, positions }) =>
    units === 'paper' ? 0.5 : 1 / (meanActivation ** 2 * channels * positions),
  measure(ops, features, target, coefficient) {
    const difference = ops.subtract(features, target);
    return { sum: ops.sumSquares(difference), gradient: ops.scale(difference, coefficient) };
  },
};
