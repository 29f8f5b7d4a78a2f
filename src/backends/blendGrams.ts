import type { GramOf, StyleImage } from '../nst/executor';
import type { FloatImage } from '../nst/image';
import type { LayerName } from '../nst/vgg19';

/** Gram targets of several style images: the average of their Gram matrices and mean activations by weight. */
export async function blendGrams(
  grams: (image: FloatImage) => GramOf[] | Promise<GramOf[]>,
  styles: readonly StyleImage[],
): Promise<Map<LayerName, GramOf>> {
  const total = styles.reduce((sum, { weight }) => sum + weight, 0);
  const blended = new Map<LayerName, GramOf>();
  for (const { image, weight } of styles) {
    const share = weight / total;
    for (const gram of await grams(image)) {
      const sum = blended.get(gram.layer);
      const values = sum?.values ?? new Float32Array(gram.values.length);
      for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + share * (gram.values[i] ?? NaN);
      const meanActivation = (sum?.meanActivation ?? 0) + share * gram.meanActivation;
      blended.set(gram.layer, { ...gram, values, meanActivation });
    }
  }
  return blended;
}
