import type { Recipe } from '../../recipe/recipe';

/** One picture of a batch. */
export interface BatchItem {
  readonly index: number;
  /** Without an output. */
  readonly recipe: Recipe;
  /** Where its result is wanted; absolute. */
  readonly wanted: string;
}
