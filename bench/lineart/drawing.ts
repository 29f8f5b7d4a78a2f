import type { FloatImage } from '../../src/nst/image';
import { blurred, lumaOf } from './planes';

/**
 * A photograph as an ink drawing: dark lines on white, where the luma lies below that of its surroundings. A difference
 * of Gaussians with a soft threshold (XDoG: Winnemöller, Kyprianidis and Olsen 2012), without areas of tone.
 */
export function inkDrawing(photograph: FloatImage): FloatImage {
  const luma = lumaOf(photograph);
  const [fine, broad] = [blurred(luma, 1), blurred(luma, 1.6)];
  const { width, height } = photograph;
  const area = width * height;
  const data = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    const below = fine.values[i]! - broad.values[i]!;
    const paper = below > -0.004 ? 1 : 1 + Math.tanh(90 * (below + 0.004));
    for (let c = 0; c < 3; c++) data[c * area + i] = 0.08 + 0.9 * paper;
  }
  return { width, height, data };
}
