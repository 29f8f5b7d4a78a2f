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
