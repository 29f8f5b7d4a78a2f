import type { FloatImage } from './image';

/**
 * Peak signal-to-noise ratio −10·log₁₀(mean squared error) in dB of an image against another of the same size, values
 * in [0, 1] as a picture file holds them: what leaves the range is clipped. Equal images have Infinity.
 */
export function psnr(image: FloatImage, reference: FloatImage): number {
  const { length } = reference.data;
  if (image.data.length !== length) throw new RangeError('the images differ in size');
  let squares = 0;
  for (let i = 0; i < length; i++) {
    squares += (Math.min(1, Math.max(0, image.data[i]!)) - reference.data[i]!) ** 2;
  }
  return squares === 0 ? Infinity : -10 * Math.log10(squares / length);
}
