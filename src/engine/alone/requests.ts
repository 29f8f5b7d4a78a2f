import type { ErrorReport } from '../../common/errors';
import type { Losses } from '../../nst/objective';
import type { RefereeReport } from '../../protocol/reply';
import type { EngineSettings } from '../../protocol/request';
import type { Recipe } from '../../recipe/recipe';

/** The argument that makes the engine's program paint the recipe of its first message instead of serving. */
export const PAINT_ARGUMENT = 'paint';

/** The argument that makes it evaluate one image. */
export const EVALUATE_ARGUMENT = 'evaluate';

/** The argument that makes it judge one painting. */
export const JUDGE_ARGUMENT = 'judge';

export interface PaintRequest {
  readonly recipe: Recipe;
  readonly settings: EngineSettings;
  /** Whether it stops when whoever began it goes away. */
  readonly stopsWithParent: boolean;
}

/** The job that was begun, or why there is none. */
export type PaintReply = { readonly job: string } | { readonly error: ErrorReport };

/** What is sent to a painting afterwards: it stops, and keeps a checkpoint. */
export const STOP_MESSAGE = 'stop';

export interface EvaluateRequest {
  /** Absolute path. */
  readonly image: string;
  readonly recipe: Recipe;
  /** Longest side that the image is brought to first; 0 takes it as it is. */
  readonly size: number;
  readonly settings: EngineSettings;
}

export type EvaluateReply = { readonly losses: Losses } | { readonly error: ErrorReport };

export interface JudgeRequest {
  /** Absolute path. */
  readonly image: string;
  readonly recipe: Recipe;
  readonly settings: EngineSettings;
}

export type JudgeReply = { readonly referee: RefereeReport } | { readonly error: ErrorReport };
