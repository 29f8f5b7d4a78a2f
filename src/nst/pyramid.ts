import type { Size } from './image';
import { MIN_SIDE } from './vgg19';

/** One level of the pyramid. */
export interface ScalePlan {
  readonly size: Size;
  readonly steps: number;
}

export interface PyramidOptions {
  /** Ratio of the sides of neighbouring scales, over 1. */
  readonly factor: number;
  /** Longest side of the coarsest scale, at least; in pixels. */
  readonly coarsest: number;
  /** Steps at a scale over those at the next finer one: 1 shares equally, 2 doubles them towards the coarse. */
  readonly growth: number;
}

const PYRAMID_DEFAULTS: PyramidOptions = { factor: 2, coarsest: 128, growth: 1 };

/**
 * Sizes from the coarsest to `size` itself. Every size is `size` divided by a power of the factor and rounded,
 * so proportions stay; none has a longest side under `coarsest` or a side under 16 px, except `size` itself.
 */
export function pyramidSizes(size: Size, { factor, coarsest }: PyramidOptions = PYRAMID_DEFAULTS): Size[] {
  if (!(factor > 1)) throw new RangeError(`the factor of a pyramid is over 1, not ${factor}`);
  const sizes = [size];
  for (let divisor = factor; ; divisor *= factor) {
    const width = Math.round(size.width / divisor);
    const height = Math.round(size.height / divisor);
    if (Math.max(width, height) < coarsest || Math.min(width, height) < MIN_SIDE) return sizes.reverse();
    sizes.push({ width, height });
  }
}

/**
 * Shares `steps` out over the scales: exactly that many in all, at least one for each. With fewer steps than
 * scales the coarsest are left out.
 */
export function planPyramid(
  size: Size,
  steps: number,
  options: PyramidOptions = PYRAMID_DEFAULTS,
): ScalePlan[] {
  const sizes = pyramidSizes(size, options).slice(-Math.max(1, steps));
  const shares = sizes.map((_, i) => options.growth ** (sizes.length - 1 - i));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let taken = 0;
  let reached = 0;
  return sizes.map((scale, i) => {
    reached += shares[i]! / whole;
    const until = i === sizes.length - 1 ? steps : Math.round(steps * reached);
    const left = steps - (sizes.length - 1 - i);
    const end = Math.min(left, Math.max(taken + 1, until));
    const plan = { size: scale, steps: end - taken };
    taken = end;
    return plan;
  });
}
