import type { SliderScale } from '../sliderScale';

/** A scale on which each step is the same factor; typing may go beyond its ends, within the limits. */
function factors(
  [first, last]: readonly [number, number],
  [least, most]: readonly [number, number],
  { sign = '', whole = false }: { readonly sign?: string; readonly whole?: boolean },
): SliderScale {
  const span = Math.log(last / first);
  const round = (value: number) => (whole ? Math.round(value) : value);
  return {
    toValue: position => round(Number((first * Math.exp(position * span)).toPrecision(2))),
    toPosition: value => Math.log(value / first) / span,
    format: value => `${sign}${Number(value.toPrecision(6))}`,
    parse: text => {
      const number = text.replace(sign, '').replace(',', '.').trim();
      const value = number === '' ? NaN : Number(number);
      const fits = value >= least && value <= most && (!whole || Number.isInteger(value));
      return fits ? value : undefined;
    },
  };
}

/** Size of the style image relative to the result. */
export const styleSizeScale = factors([0.25, 4], [0.1, 4], { sign: '×' });
/** Optimizer steps, over all sizes together. */
export const stepsScale = factors([10, 2000], [1, 100_000], { whole: true });
