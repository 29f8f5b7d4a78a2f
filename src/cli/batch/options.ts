import type { MachineOptions } from '../machineOptions';
import type { QueueOptions } from '../queueOptions';
import type { RecipeOptions } from '../recipeOptions';
import type { Combination } from './styleSets';
import type { Extension } from './target';

/** The options of `atelier batch`, as commander gives them. */
export interface BatchCommandOptions extends RecipeOptions, MachineOptions, QueueOptions {
  readonly style?: readonly string[];
  readonly combine: Combination;
  readonly output: string;
  readonly list?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly recursive: boolean;
  readonly name: string;
  readonly format: Extension;
}
