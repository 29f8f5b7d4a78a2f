/** Mean and covariance of the colours of an image, sRGB-encoded values in [0, 1]. */
export interface ColorStatistics {
  /** 3 values: red, green, blue. */
  readonly mean: Float64Array;
  /** 3·3 values, row-major. */
  readonly covariance: Float64Array;
}

/** Pixels one after the other: red, green, blue, and opacity where there are four channels. */
export interface InterleavedColors {
  readonly channels: number;
  readonly samples: ArrayLike<number>;
  /** The sample of white, and of an opaque pixel. */
  readonly white: number;
}

/**
 * Statistics of all pixels, each weighed by its opacity.
 * @throws RangeError when no pixel is the least opaque
 */
export function colorStatistics({ channels, samples, white }: InterleavedColors): ColorStatistics {
  const sums = new Float64Array(3);
  const products = new Float64Array(9);
  let total = 0;
  for (let i = 0; i < samples.length; i += channels) {
    const opacity = channels === 4 ? samples[i + 3]! / white : 1;
    if (opacity === 0) continue;
    total += opacity;
    for (let a = 0; a < 3; a++) {
      const value = (opacity * samples[i + a]!) / white;
      sums[a]! += value;
      for (let b = 0; b <= a; b++) products[3 * a + b]! += (value * samples[i + b]!) / white;
    }
  }
  if (total === 0) throw new RangeError('an image without an opaque pixel');
  const mean = sums.map(sum => sum / total);
  const covariance = new Float64Array(9);
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b <= a; b++) {
      const value = products[3 * a + b]! / total - mean[a]! * mean[b]!;
      covariance[3 * a + b] = value;
      covariance[3 * b + a] = value;
    }
  }
  return { mean, covariance };
}
