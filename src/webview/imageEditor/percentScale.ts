import type { SliderScale } from '../common/sliderScale';

/** Fractions, shown as percentages. */
export const percentScale: SliderScale = {
  toValue: position => Math.round(position * 100) / 100,
  toPosition: value => value,
  format: value => `${Math.round(value * 100)}%`,
  parse: Number,
};
