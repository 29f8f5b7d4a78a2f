import type { Recipe } from '../../src/recipe/recipe';
import type { PyramidOptions } from '../../src/nst/pyramid';

/** One column of a sheet: what departs from the studio preset. */
export interface Variant {
  readonly name: string;
  readonly recipe: Partial<Recipe>;
  readonly pyramid?: PyramidOptions;
}

/** Content and style, from the root of the repository. */
export const PAIRS = [
  ['media/samples/still-life.jpg', 'media/swatches/impasto.jpg'],
  ['../shared/images/content/tuebingen.jpg', '../shared/images/style/starry-night.jpg'],
  ['../shared/images/content/louvre.jpg', '../shared/images/style/great-wave.jpg'],
  ['../shared/images/content/great-wall.jpg', '../shared/images/style/monet.jpg'],
] as const;

export const SHEETS: Readonly<Record<string, readonly Variant[]>> = {
  ratio: [
    { name: 'ratio 1/30, tv 60', recipe: { ratio: 1 / 30, tv: 60 } },
    { name: 'ratio 1/60, tv 60', recipe: { ratio: 1 / 60, tv: 60 } },
    { name: 'ratio 1/60, tv 200', recipe: { ratio: 1 / 60, tv: 200 } },
    { name: 'ratio 1/120, tv 200', recipe: { ratio: 1 / 120, tv: 200 } },
  ],
  padding: [
    { name: 'zeros beyond the edge', recipe: { padding: 'zero' } },
    { name: 'nearest pixels', recipe: { padding: 'replicate' } },
  ],
  steps: [
    { name: '200 steps', recipe: {} },
    { name: '120 steps', recipe: { steps: 120 } },
    { name: 'one scale', recipe: { pyramid: false } },
  ],
  layers: [
    { name: 'all five alike', recipe: {} },
    {
      name: 'deeper count more',
      recipe: { styleLayers: { conv1_1: 0.1, conv2_1: 0.15, conv3_1: 0.2, conv4_1: 0.25, conv5_1: 0.3 } },
    },
    {
      name: 'shallower count more',
      recipe: { styleLayers: { conv1_1: 0.3, conv2_1: 0.25, conv3_1: 0.2, conv4_1: 0.15, conv5_1: 0.1 } },
    },
  ],
};
