import type { FloatImage, Size } from '../nst/image';

/** Below this opacity a pixel's own colour is not trusted: division by alpha makes it mostly rounding error. */
const trusted = 1 / 32;

interface Level extends Size {
  /** Planar RGB. */
  readonly colours: Float32Array;
  /** How much each colour is worth, in [0, 1]; 0 is a hole. */
  readonly weights: Float32Array;
}

/**
 * Gives transparent pixels the colours of the opaque ones around them, in place. Files hold arbitrary colours
 * under full transparency; the network would see them, and a white or black backdrop would add an outline and
 * a colour that nobody sees in the image, which would then tint its edges. Holes are filled from coarser and
 * coarser averages weighted by alpha (push-pull: Gortler et al., The Lumigraph, 1996), so that the filling is
 * smooth and has no texture of its own. An image without any opaque pixel becomes white.
 *
 * @param alpha opacity, height · width values in [0, 1]
 */
export function fillTransparent(image: FloatImage, alpha: Float32Array): void {
  const { width, height, data } = image;
  fill({ width, height, colours: data, weights: alpha.map(a => (a < trusted ? 0 : a)) });
}

function fill(level: Level): void {
  const { width, height, colours, weights } = level;
  if (!weights.includes(0)) return;
  if (width === 1 && height === 1) {
    colours.fill(1);
    return;
  }
  const coarse = halve(level);
  fill(coarse);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (weights[i] !== 0) continue;
      for (let c = 0; c < 3; c++) {
        colours[c * width * height + i] = bilinear(coarse, c, (x - 0.5) / 2, (y - 0.5) / 2);
      }
    }
  }
}

function halve({ width, height, colours, weights }: Level): Level {
  const w = Math.ceil(width / 2);
  const h = Math.ceil(height / 2);
  const coarse: Level = {
    width: w,
    height: h,
    colours: new Float32Array(3 * w * h),
    weights: new Float32Array(w * h),
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const to = (y >> 1) * w + (x >> 1);
      coarse.weights[to]! += weights[i]!;
      for (let c = 0; c < 3; c++)
        coarse.colours[c * w * h + to]! += weights[i]! * colours[c * width * height + i]!;
    }
  }
  for (let i = 0; i < w * h; i++) {
    const weight = coarse.weights[i]!;
    if (weight === 0) continue;
    for (let c = 0; c < 3; c++) coarse.colours[c * w * h + i]! /= weight;
    coarse.weights[i] = Math.min(1, weight);
  }
  return coarse;
}

/** The colour of channel `c` between the centres of four pixels, edges repeated. */
function bilinear({ width, height, colours }: Level, c: number, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const at = (u: number, v: number) =>
    colours[
      (c * height + Math.min(height - 1, Math.max(0, v))) * width + Math.min(width - 1, Math.max(0, u))
    ]!;
  const fx = x - left;
  const fy = y - top;
  const above = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
  const below = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
  return above * (1 - fy) + below * fy;
}
