import type { Size } from '../image';
import type { ImageKind } from './kind';

/** Differences of neighbours: mean((x[i+1,j]−x[i,j])²) + mean((x[i,j+1]−x[i,j])²). */
export const totalVariation: ImageKind = {
  reads: 'image',
  slope: 1,
  measure: (ops, image, coefficient) => ({
    sum: ops.totalVariation(image),
    gradient: ops.totalVariationBack(image, coefficient),
  }),
  onHost: addTotalVariation,
};

/**
 * Total variation of a planar RGB image, mean((x[i+1,j]−x[i,j])²) + mean((x[i,j+1]−x[i,j])²), on the host: what
 * `Ops.totalVariation` computes. Adds `coefficient` times its gradient to `gradient`.
 */
function addTotalVariation(
  image: Float32Array,
  { width, height }: Size,
  coefficient: number,
  gradient: Float32Array,
): number {
  const area = width * height;
  const across = 1 / (3 * height * (width - 1));
  const down = 1 / (3 * (height - 1) * width);
  let [sumAcross, sumDown] = [0, 0];
  for (let row = 0; row < 3 * height; row++) {
    const from = row * width;
    for (let i = from + 1; i < from + width; i++) {
      const difference = image[i]! - image[i - 1]!;
      sumAcross += difference * difference;
      const change = 2 * coefficient * across * difference;
      gradient[i]! += change;
      gradient[i - 1]! -= change;
    }
    if (from % area === 0) continue;
    for (let i = from; i < from + width; i++) {
      const difference = image[i]! - image[i - width]!;
      sumDown += difference * difference;
      const change = 2 * coefficient * down * difference;
      gradient[i]! += change;
      gradient[i - width]! -= change;
    }
  }
  return sumAcross * across + sumDown * down;
}
