import type { Recipe } from '../../../src/recipe/recipe';

/** What is painted: where the result goes, and what is to be painted. */
export interface Painting {
  readonly name: string;
  readonly fields: Partial<Recipe>;
  /** Of the result, in the trial's folder; beside the content image when absent. */
  readonly output?: string;
  /** Whether the result of an earlier painting is there already. */
  readonly replaces?: boolean;
}

/** Every optimizer, every way to save. */
export const PAINTINGS: readonly Painting[] = [
  { name: 'lbfgs', fields: {}, output: 'result.png' },
  { name: 'adam', fields: { optimizer: 'adam', steps: 30 }, output: 'result.webp' },
  { name: 'pyramid', fields: { size: 40, pyramid: true }, output: 'result.jpg' },
  {
    name: 'colours',
    fields: { colors: 'chroma', init: 'noise', seed: 7 },
    output: 'result.png',
    replaces: true,
  },
  { name: 'beside', fields: {} },
];
