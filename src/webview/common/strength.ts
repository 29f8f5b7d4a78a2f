/**
 * People choose a strength from 0 (the photograph) to 100 (the style); the objective takes a ratio α/β. Each
 * 20 points are a factor of ten: 0 is α/β = 1, 50 is about 1/316, 100 is 1e-5.
 */
const POINTS_PER_DECADE = 20;

/** Strength, 0 … 100, of a ratio α/β >= 0; ratios outside the slider's range take its nearest end. */
export function strengthOf(ratio: number): number {
  if (!(ratio > 0)) return 100;
  return Math.min(100, Math.max(0, -POINTS_PER_DECADE * Math.log10(ratio)));
}

/** Ratio α/β of a strength, rounded to three digits so that it reads well in a recipe. */
export function ratioOf(strength: number): number {
  return Number((10 ** (-strength / POINTS_PER_DECADE)).toPrecision(3));
}

/** A ratio as people write it: "0.0032", "1e-5"; at most three digits. */
export function formatRatio(ratio: number): string {
  const rounded = Number(ratio.toPrecision(3));
  return rounded !== 0 && rounded < 1e-3 ? rounded.toExponential().replace('e+', 'e') : String(rounded);
}

/** Reads "0.003", "3e-3", "1:300", "1/300" and decimal commas; undefined when it is no ratio >= 0. */
export function parseRatio(text: string): number | undefined {
  const parts = text
    .trim()
    .replaceAll(',', '.')
    .split(/\s*[:/]\s*/);
  if (parts.length > 2 || parts.some(part => part === '')) return undefined;
  const [above, below = 1] = parts.map(Number);
  const ratio = (above ?? NaN) / below;
  return Number.isFinite(ratio) && ratio >= 0 ? ratio : undefined;
}
