import type { Size } from '../image';
import type { Interval } from '../ops';
import type { ImageKind } from './kind';

/** The colours of an 8-bit picture but for the darkest and the lightest, at which values that were clipped would lie. */
const COLORS: Interval = { low: 1 / 255, high: 254 / 255 };

/**
 * What a picture has outside the range of colours, which saving clips: mean((x − clamp(x, low, high))²) over channels
 * and positions. Smooth to the first derivative, and nothing inside the range.
 */
export const range: ImageKind = {
  reads: 'image',
  slope: 1,
  measure: (ops, image, coefficient) => ({
    sum: ops.excess(image, COLORS),
    gradient: ops.excessBack(image, coefficient, COLORS),
  }),
  onHost: addExcess,
};

/** The same on the host: what `Ops.excess` computes. Adds `coefficient` times its gradient to `gradient`. */
function addExcess(
  image: Float32Array,
  { width, height }: Size,
  coefficient: number,
  gradient: Float32Array,
): number {
  const { low, high } = COLORS;
  const share = 1 / (3 * width * height);
  let sum = 0;
  for (let i = 0; i < image.length; i++) {
    const value = image[i]!;
    const excess = value - Math.min(high, Math.max(low, value));
    sum += excess * excess;
    gradient[i]! += 2 * coefficient * share * excess;
  }
  return sum * share;
}
