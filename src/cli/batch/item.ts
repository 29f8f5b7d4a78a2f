import type { Recipe } from '../../recipe/recipe';
import { nameOfSet } from './styleSets';

/** One picture of a batch. */
export interface BatchItem {
  readonly index: number;
  /** Without an output. */
  readonly recipe: Recipe;
  /** What tells it from the others, for people; its styles where nothing is said. */
  readonly label?: string;
  /** Where its result is wanted; absolute. */
  readonly wanted: string;
}

/** What tells a picture from the others. */
export function labelOf({ label, recipe }: BatchItem): string {
  return label ?? nameOfSet(recipe.styles);
}
