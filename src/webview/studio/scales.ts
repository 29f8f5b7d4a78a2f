import type { SliderScale } from '../common/sliderScale';
import type { WholeLook } from '../../protocol/look';
import { ratioOf, strengthOf } from '../../protocol/strength';
import { formatRatio, parseRatio } from '../common/ratio';

/** The slider is a strength, the number beside it the ratio α/β: two ways to say the same. */
export const strengthScale = (statistics: WholeLook['statistics']): SliderScale => ({
  toValue: position => ratioOf(position * 100, statistics),
  toPosition: ratio => strengthOf(ratio, statistics) / 100,
  format: formatRatio,
  parse: parseRatio,
});

/**
 * A weight from 0 up: fine near 0, coarse near `most`; typing may go beyond it.
 * @param most the value at the right end, > 0
 */
export function weightScale(most: number): SliderScale {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(most)));
  return {
    toValue: position => Number((position ** 2 * most).toFixed(digits)),
    toPosition: value => Math.sqrt(Math.max(0, value) / most),
    format: value => String(Number(value.toPrecision(3))),
    parse: text => {
      const value = text.trim() === '' ? NaN : Number(text.replace(',', '.'));
      return Number.isFinite(value) && value >= 0 ? value : undefined;
    },
  };
}

/** The right end of a slider for weights that begin at these: four times the largest, rounded up to 1, 2 or 5. */
export function reach(weights: readonly number[]): number {
  const largest = Math.max(0, ...weights);
  if (largest === 0) return 1;
  const wanted = largest * 4;
  const decade = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5, 10].find(step => step * decade >= wanted * 0.999) ?? 10) * decade;
}
