import type * as z from 'zod';
import type { Losses } from '../nst/objective';
import type { StoredJob } from '../jobs/folder';
import type { RefereeReport } from '../protocol/reply';
import type { Recipe } from '../recipe/recipe';
import type { Access } from './access';

/** How long an answer may take, in seconds: programs give up after thirty, some of them. */
export const LONGEST_ANSWER = 20;

/** The machinery that paints for an agent. */
export interface Painters {
  /** Folder of the jobs and networks. */
  readonly storage: string;
  /**
   * Begins a painting that takes the place of no file.
   * @param stopsWithAgent whether it stops when the agent's program goes away
   * @returns the job's folder
   * @throws the error that names what is wrong with the recipe
   */
  start(recipe: Recipe, stopsWithAgent: boolean, signal: AbortSignal): Promise<string>;
  /**
   * Has a painting stop, with a checkpoint, some time soon.
   * @throws `job-busy` when it is not an agent's
   */
  stop(job: StoredJob): Promise<void>;
  /** @throws the errors of `evaluateImage` */
  evaluate(image: string, recipe: Recipe, size: number, signal: AbortSignal): Promise<Losses>;
  /** @throws the errors of `judgePicture` */
  judge(painting: string, recipe: Recipe, signal: AbortSignal): Promise<RefereeReport>;
}

/** What a call of a tool has besides its input. */
export interface Call {
  readonly access: Access;
  readonly painters: Painters;
  /** Aborted when nobody waits for the answer any more, or it takes too long. */
  readonly signal: AbortSignal;
}

/** What a tool has found out or begun. */
export interface Answer {
  /** Plain JSON. */
  readonly value: Readonly<Record<string, unknown>>;
  /** A JPEG. */
  readonly picture?: Uint8Array;
}

/** A tool, in words for the model that calls it. */
export interface Tool<Input = unknown> {
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodType<Input>;
  /** Whether it changes nothing. */
  readonly readOnly: boolean;
  run(input: Input, call: Call): Promise<Answer> | Answer;
}
