import type { MachineOptions } from '../machineOptions';
import type { QueueOptions } from '../queueOptions';
import type { RecipeOptions } from '../recipeOptions';
import type { Design } from './design';
import type { Span } from './span';

/** The options of `atelier sweep`, as commander gives them. */
export interface SweepOptions extends RecipeOptions, MachineOptions, QueueOptions {
  readonly vary: readonly Span[];
  readonly design: Design;
  readonly samples: number;
  readonly designSeed: number;
  readonly output: string;
}
