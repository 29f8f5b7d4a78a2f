import type { Mask, Rect } from './mask';

/** The colours of regions, in their order; `regionsBarStyles` has the same ones. */
export const REGION_COLORS = [
  [59, 130, 246],
  [245, 158, 11],
  [16, 185, 129],
  [236, 72, 153],
  [139, 92, 246],
  [239, 68, 68],
] as const;

/**
 * The colours of masks over each other, in a part of them.
 * @param masks all of one size; the place of each is that of its colour
 * @returns RGBA, not premultiplied, of the part
 */
export function tint(masks: readonly (Mask | undefined)[], rect: Rect): Uint8ClampedArray<ArrayBuffer> {
  const columns = rect.right - rect.left;
  const pixels = new Uint8ClampedArray(4 * columns * (rect.bottom - rect.top));
  for (const [index, mask] of masks.entries()) {
    if (mask === undefined) continue;
    const color = REGION_COLORS[index % REGION_COLORS.length]!;
    for (let y = rect.top; y < rect.bottom; y++) {
      for (let x = rect.left; x < rect.right; x++) {
        const inside = mask.data[y * mask.width + x]! / 255;
        if (inside === 0) continue;
        const to = 4 * ((y - rect.top) * columns + x - rect.left);
        const below = (pixels[to + 3]! / 255) * (1 - inside);
        const alpha = inside + below;
        for (let channel = 0; channel < 3; channel++)
          pixels[to + channel] = (color[channel]! * inside + pixels[to + channel]! * below) / alpha;
        pixels[to + 3] = 255 * alpha;
      }
    }
  }
  return pixels;
}
