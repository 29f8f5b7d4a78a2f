import * as path from 'node:path';
import type { Style } from '../../recipe/style';
import { SWATCH_PREFIX } from '../../recipe/swatches';

/** How several styles are used: a painting in each, one in their blend, or one in every blend that they allow. */
export const COMBINATIONS = ['each', 'blend', 'all'] as const;
export type Combination = (typeof COMBINATIONS)[number];

/** What a picture is painted in at once, most important first. */
export type StyleSet = readonly Style[];

/** The sets of styles that every picture is painted in, single ones first. */
export function styleSets(styles: StyleSet, combination: Combination): readonly StyleSet[] {
  switch (combination) {
    case 'each':
      return styles.map(style => [style]);
    case 'blend':
      return [styles];
    case 'all':
      return subsets(styles)
        .filter(set => set.length > 0)
        .sort((a, b) => a.length - b.length);
  }
}

function subsets(styles: StyleSet): readonly StyleSet[] {
  const [first, ...rest] = styles;
  if (first === undefined) return [[]];
  const others = subsets(rest);
  return [...others.map(set => [first, ...set]), ...others];
}

/** A set in the name of a file: "wave", "mosaic+wave". */
export function nameOfSet(set: StyleSet): string {
  return set.map(({ image }) => nameOfStyle(image)).join('+');
}

function nameOfStyle(image: string): string {
  return image.startsWith(SWATCH_PREFIX) ? image.slice(SWATCH_PREFIX.length) : path.parse(image).name;
}
