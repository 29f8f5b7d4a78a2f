import type { Size } from '../image';
import type { Init } from '../init';
import type { Preconditioner } from './vectorSpace';
import { blockOf, type LayerName } from '../vgg19';

/** The most that the exponent of M is with all levels; measured in bench/path.md. */
const STEEPEST = 0.8;

/** A side that is not halved any further. */
const COARSEST_SIDE = 4;

/**
 * Levels for a descent from noise. What is broad in the noise says nothing, and the objective says little about where
 * broad colours belong: with all levels they grow into patches as wide as the picture, which no descent without M has
 * at the same loss. Two levels, which may then be steeper, keep the look of such a descent and most of the gain. Looked
 * at and measured in bench/path.md.
 */
const LEVELS_FROM_NOISE = 2;
const STEEPER_FROM_NOISE = 1.5;

interface Plane extends Size {
  readonly values: Float32Array;
}

/** One level of the pyramid of a channel. */
interface Level extends Plane {
  /** Room for a map of this height and the width of the next finer level. */
  readonly between: Float32Array;
  /** What M adds at this level. */
  readonly gain: number;
}

/**
 * The preconditioner of L-BFGS: target ← M·x for vectors that are planar RGB images of one size. M stands for the
 * inverse of a typical curvature of the objective, which is far smaller along broad changes than along fine ones.
 *
 * M = 1 + Σ_l g_l U₁…U_l D_l…D₁ on each channel, l = 1, 2, …, as many as there are gains. U_l is the bilinear
 * enlargement from ⌈w/2⌉ × ⌈h/2⌉ to w × h (pixel 2i is ¾·i + ¼·(i−1), pixel 2i+1 is ¾·i + ¼·(i+1), edges repeated),
 * D_l = U_lᵀ/4, and g_l > 0 are the gains, so that M is symmetric, positive definite and at least 1.
 */
export class HostPreconditioner implements Preconditioner<Float32Array> {
  private readonly levels: readonly Level[];

  constructor(
    private readonly size: Size,
    /** g_l from the finest level on, which has half the sides of the size; see `gainsOf`. */
    gains: readonly number[],
  ) {
    this.levels = levelsOf(size, gains);
  }

  apply(target: Float32Array, x: Float32Array): void {
    const area = this.size.width * this.size.height;
    for (let from = 0; from < 3 * area; from += area) {
      this.applyToChannel(target.subarray(from, from + area), x.subarray(from, from + area));
    }
  }

  private applyToChannel(target: Float32Array, x: Float32Array): void {
    const { size, levels } = this;
    levels.forEach((level, l) => reduce(levels[l - 1] ?? { ...size, values: x }, level));
    target.set(x);
    for (let l = levels.length - 1; l >= 0; l--) {
      const { values, gain } = levels[l]!;
      const coarser = levels[l + 1];
      for (let i = 0; i < values.length; i++) values[i]! *= gain;
      if (coarser) addEnlarged(coarser, levels[l]!);
    }
    if (levels[0]) addEnlarged(levels[0], { ...size, values: target });
  }
}

/**
 * The exponent of M for an objective that looks at these layers: 0, which is the identity, when the deepest is of the first
 * two blocks, 0.4 in the third, 0.8 from the fourth on. What deep layers see curves the less the broader a change is;
 * shallow ones look at all changes alike. Measured in bench/path.md.
 */
export function exponentFor(layers: readonly LayerName[]): number {
  const deepest = Math.max(1, ...layers.map(blockOf));
  return Math.min(STEEPEST, Math.max(0, 0.4 * (deepest - 2)));
}

/** The gains of M for an objective that looks at these layers, in a descent that begins so. */
export function gainsFor(size: Size, layers: readonly LayerName[], init: Init): number[] {
  const exponent = exponentFor(layers);
  return init === 'noise'
    ? gainsOf(size, STEEPER_FROM_NOISE * exponent, LEVELS_FROM_NOISE)
    : gainsOf(size, exponent);
}

/**
 * Gains with which M is, from wavelengths of 8 px up to 2^(levels + 2) px, about proportional to their power p, the
 * exponent: g_l = 2^(p·l) − 2^(p·(l−1)), as long as both sides have at least 4 px. None for an exponent of 0.
 */
export function gainsOf({ width, height }: Size, exponent: number, levels = Infinity): number[] {
  const gains: number[] = [];
  if (exponent === 0) return gains;
  let side = Math.min(width, height);
  for (let l = 1; l <= levels && side >= 2 * COARSEST_SIDE; l++) {
    side = Math.ceil(side / 2);
    gains.push(2 ** (exponent * l) - 2 ** (exponent * (l - 1)));
  }
  return gains;
}

function levelsOf({ width, height }: Size, gains: readonly number[]): Level[] {
  return gains.map(gain => {
    const between = new Float32Array(width * Math.ceil(height / 2));
    width = Math.ceil(width / 2);
    height = Math.ceil(height / 2);
    return { width, height, values: new Float32Array(width * height), between, gain };
  });
}

/** level ← D·fine: halves the height, then the width. */
function reduce(fine: Plane, { width, height, values, between }: Level): void {
  const across = fine.width;
  const last = width - 1;
  for (let y = 0; y < height; y++) {
    const from = y * across;
    reduceRows(fine, y, between.subarray(from, from + across));
    const to = y * width;
    values[to] = 0.5 * between[from]! + 0.375 * between[from + 1]! + 0.125 * between[from + 2]!;
    for (let x = 1, k = from + 2; x < last; x++, k += 2) {
      values[to + x] = 0.125 * (between[k - 1]! + between[k + 2]!) + 0.375 * (between[k]! + between[k + 1]!);
    }
    const k = from + 2 * last;
    values[to + last] = 0.125 * between[k - 1]! + 0.375 * between[k]!;
    if (across % 2 === 0) values[to + last]! += 0.5 * between[k + 1]!;
  }
}

/** Row y of the plane of half the height. */
function reduceRows({ width, height, values }: Plane, y: number, row: Float32Array): void {
  const here = 2 * y * width;
  const above = y > 0 ? here - width : here;
  if (2 * y + 1 === height) {
    for (let x = 0; x < width; x++) row[x] = 0.125 * values[above + x]! + 0.375 * values[here + x]!;
    return;
  }
  const next = here + width;
  const below = 2 * y + 2 < height ? next + width : next;
  for (let x = 0; x < width; x++) {
    row[x] =
      0.125 * (values[above + x]! + values[below + x]!) + 0.375 * (values[here + x]! + values[next + x]!);
  }
}

/** fine ← fine + U·level: doubles the width, then the height. */
function addEnlarged({ width, height, values, between }: Level, fine: Plane): void {
  const across = fine.width;
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, y * across];
    for (let x = 0; x < width; x++) {
      const own = 0.75 * values[from + x]!;
      between[to + 2 * x] = own + 0.25 * values[from + Math.max(0, x - 1)]!;
      if (2 * x + 1 < across) {
        between[to + 2 * x + 1] = own + 0.25 * values[from + Math.min(width - 1, x + 1)]!;
      }
    }
  }
  for (let y = 0; y < fine.height; y++) {
    const near = y >> 1;
    const far = Math.min(height - 1, Math.max(0, y % 2 ? near + 1 : near - 1));
    const [own, other, to] = [near * across, far * across, y * across];
    for (let x = 0; x < across; x++) {
      fine.values[to + x]! += 0.75 * between[own + x]! + 0.25 * between[other + x]!;
    }
  }
}
