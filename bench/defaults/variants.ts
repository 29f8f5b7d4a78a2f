import type { Recipe } from '../../src/jobs/recipe';
import type { PyramidOptions } from '../../src/nst/pyramid';

/** One column of a sheet: what departs from the studio preset. */
export interface Variant {
  readonly name: string;
  readonly recipe: Partial<Recipe>;
  readonly pyramid?: PyramidOptions;
}

export const PAIRS = [
  ['tuebingen.jpg', 'starry-night.jpg'],
  ['louvre.jpg', 'great-wave.jpg'],
  ['great-wall.jpg', 'monet.jpg'],
] as const;

export const SHEETS: Readonly<Record<string, readonly Variant[]>> = {
  ratio: [
    { name: 'ratio 1/30, tv 20', recipe: { ratio: 1 / 30, tv: 20 } },
    { name: 'ratio 1/100, tv 30', recipe: { ratio: 1 / 100, tv: 30 } },
    { name: 'ratio 1/300, tv 60', recipe: {} },
    { name: 'ratio 1/1000, tv 150', recipe: { ratio: 1 / 1000, tv: 150 } },
  ],
};
