import type { FloatImage } from '../image';
import type { ColorStatistics } from './statistics';

/** Luma Y of YIQ and YUV (Rec. 601), on sRGB-encoded values. */
const LUMA = [0.299, 0.587, 0.114] as const;

/** Limits of the factor by which the contrast of a style is changed. */
const LEAST = 0.5;
const MOST = 2;

/** L ↦ gain·(L − from) + to. */
export interface LumaMap {
  readonly gain: number;
  readonly from: number;
  readonly to: number;
}

export function lumaAt(data: Float32Array, i: number, area: number): number {
  return LUMA[0] * data[i]! + LUMA[1] * data[area + i]! + LUMA[2] * data[2 * area + i]!;
}

/**
 * The map that gives the luma of a style the mean of the content's and, as far as its limits allow, its contrast:
 * g = σ_C/σ_S held to [½, 2] (Hertzmann et al. 2001, "Image analogies"; Gatys et al. 2016, "Preserving color").
 */
export function matchingLuma(style: ColorStatistics, content: ColorStatistics): LumaMap {
  const gain = Math.sqrt(variance(content) / variance(style));
  return { gain: Math.min(MOST, Math.max(LEAST, gain)), from: mean(style), to: mean(content) };
}

/** The image in greys, with its luma mapped and held to [0, 1]. */
export function toGrey({ width, height, data }: FloatImage, map?: LumaMap): FloatImage {
  const area = width * height;
  const grey = new Float32Array(3 * area);
  const { gain, from, to } = map ?? { gain: 1, from: 0, to: 0 };
  for (let i = 0; i < area; i++) {
    const luma = Math.min(1, Math.max(0, gain * (lumaAt(data, i, area) - from) + to));
    for (let c = 0; c < 3; c++) grey[c * area + i] = luma;
  }
  return { width, height, data: grey };
}

function mean({ mean }: ColorStatistics): number {
  return LUMA[0] * mean[0]! + LUMA[1] * mean[1]! + LUMA[2] * mean[2]!;
}

/** Floored, as a flat image has no contrast that could be a divisor. */
function variance({ covariance }: ColorStatistics): number {
  let sum = 0;
  for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) sum += LUMA[a]! * LUMA[b]! * covariance[3 * a + b]!;
  return Math.max(1e-5, sum);
}
