import type { FloatImage } from '../image';
import { lumaAt } from './luma';

/**
 * The painting in the colours of the content: luma Y from `painting`, chroma IQ from `content`, both of the same
 * size (Gatys, Bethge, Hertzmann and Shechtman 2016, "Preserving color in neural artistic style transfer",
 * luminance-only transfer). Since I and Q do not change, each channel is shifted by the difference in luma. Where
 * that leaves [0, 1], chroma is reduced just enough to fit, so that luma and hue stay; luma is first held to [0, 1].
 */
export function keepChroma(painting: FloatImage, content: FloatImage): FloatImage {
  const { width, height } = painting;
  if (content.width !== width || content.height !== height) {
    throw new RangeError('the painting and its content differ in size');
  }
  const area = width * height;
  const data = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    const luma = Math.min(1, Math.max(0, lumaAt(painting.data, i, area)));
    const contentLuma = lumaAt(content.data, i, area);
    let most = 1;
    for (let channel = 0; channel < 3; channel++) {
      const chroma = content.data[channel * area + i]! - contentLuma;
      if (chroma > 0) most = Math.min(most, (1 - luma) / chroma);
      else if (chroma < 0) most = Math.min(most, luma / -chroma);
    }
    for (let channel = 0; channel < 3; channel++) {
      const at = channel * area + i;
      data[at] = luma + most * (content.data[at]! - contentLuma);
    }
  }
  return { width, height, data };
}
