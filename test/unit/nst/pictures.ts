import type { InterleavedColors } from '../../../src/nst/colors/statistics';
import type { FloatImage, Size } from '../../../src/nst/image';
import type { Random } from '../../../src/nst/random';

/** Noise over a slope: no two values alike, all inside the range. */
export function texture({ width, height }: Size, random: Random): FloatImage {
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const slope = (i % width) / width - Math.floor(i / width) / (3 * height);
    return 0.4 + 0.2 * slope + 0.2 * (random.uniform() - 0.5);
  });
  return { width, height, data };
}

/** The pixels of an image one after the other, with opacities if there are any. */
export function interleaved({ width, height, data }: FloatImage, alpha?: Float32Array): InterleavedColors {
  const [area, channels] = [width * height, alpha === undefined ? 3 : 4];
  const samples = Float32Array.from({ length: channels * area }, (_, k) => {
    const [i, c] = [Math.floor(k / channels), k % channels];
    return (c === 3 ? alpha?.[i] : data[c * area + i]) ?? NaN;
  });
  return { channels, samples, white: 1 };
}
