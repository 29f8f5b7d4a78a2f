import type { FloatImage } from '../image';
import type { Mask } from './mask';

/**
 * The picture as it is seen where pixels are kept: content + free·(painted − content), planar. Where `free` is 0 it is
 * the content image to the last bit, where it is 1 what was painted.
 */
export function withKept(
  painted: FloatImage['data'],
  content: FloatImage['data'],
  { data: free }: Mask,
): Float32Array {
  const seen = new Float32Array(painted.length);
  for (let i = 0; i < seen.length; i++) {
    const weight = free[i % free.length]!;
    seen[i] =
      weight === 1
        ? painted[i]!
        : weight === 0
          ? content[i]!
          : content[i]! + weight * (painted[i]! - content[i]!);
  }
  return seen;
}

/** Multiplies the gradient with respect to the seen picture by `free`, in place: with respect to the painted one. */
export function freeGradient(gradient: Float32Array, { data: free }: Mask): void {
  for (let i = 0; i < gradient.length; i++) gradient[i]! *= free[i % free.length]!;
}
