import type { Statistic } from '../nst/terms/kinds';

/**
 * People choose a strength from 0 (a light touch) to 100 (the picture dissolves in the style); the objective takes a
 * ratio α/β. Between the ends each point is the same factor. Where a statistic begins and ends is measured
 * (bench/strength.md).
 */
const ENDS: Readonly<Record<Statistic, { readonly lightest: number; readonly strongest: number }>> = {
  gram: { lightest: 1, strongest: 1e-3 },
  bures: { lightest: 10, strongest: 1e-3 },
  wasserstein: { lightest: 10, strongest: 1e-3 },
};

/** Strength, 0 … 100, of a ratio α/β >= 0; ratios outside the slider's range take its nearest end. */
export function strengthOf(ratio: number, statistic: Statistic): number {
  if (!(ratio > 0)) return 100;
  const { lightest, strongest } = ENDS[statistic];
  const share = Math.log(ratio / lightest) / Math.log(strongest / lightest);
  return 100 * Math.min(1, Math.max(0, share));
}

/** Ratio α/β of a strength, rounded to three digits so that it reads well in a recipe. */
export function ratioOf(strength: number, statistic: Statistic): number {
  const { lightest, strongest } = ENDS[statistic];
  return Number((lightest * (strongest / lightest) ** (strength / 100)).toPrecision(3));
}
