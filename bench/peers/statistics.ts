/** The middle value, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median, with the least and the largest. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** y = factor · x^exponent by least squares in logarithms; `worst` is the largest part by which it misses a point. */
export interface PowerLaw {
  readonly factor: number;
  readonly exponent: number;
  readonly worst: number;
}

/** @throws RangeError for fewer than two different x */
export function fitPower(points: readonly (readonly [x: number, y: number])[]): PowerLaw {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (axis: 0 | 1) => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const xx = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (!(xx > 0)) throw new RangeError('a power law needs two different x');
  const exponent = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / xx;
  const factor = Math.exp(meanY - exponent * meanX);
  const worst = Math.max(...points.map(([x, y]) => Math.abs((factor * x ** exponent) / y - 1)));
  return { factor, exponent, worst };
}
