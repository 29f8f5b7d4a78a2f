import type { ConvWeights } from '../../models/network';

/**
 * Kernel of the gradient of a stride-1 'same' 3x3 convolution with respect to its input: rotated by 180° and
 * with input and output channels swapped. OIHW in (out × in × 3 × 3), OIHW out (in × out × 3 × 3).
 */
export function rotatedTransposed({ kernel, inChannels, outChannels }: ConvWeights): Float32Array {
  const back = new Float32Array(kernel.length);
  for (let o = 0; o < outChannels; o++) {
    for (let i = 0; i < inChannels; i++) {
      const from = (o * inChannels + i) * 9;
      const to = (i * outChannels + o) * 9;
      for (let tap = 0; tap < 9; tap++) back[to + 8 - tap] = kernel[from + tap] ?? NaN;
    }
  }
  return back;
}
