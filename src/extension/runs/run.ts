import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Message } from '../../common/messages';
import type { Recipe } from '../../recipe/recipe';
import { isActive, type JobState } from '../../jobs/state';

/** A run as this window knows it: what was asked, and where it stands. */
export interface Run {
  /** Absolute path of the job folder; tells runs apart. */
  readonly folder: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly recipe: Recipe;
  /** What a person has called it. */
  readonly name?: string;
  /** Says that a painting of it may differ, since another version has asked for something that is not known here. */
  readonly remark?: Message;
  readonly state: JobState;
  /** Whether this window's engine works on it or has it in its queue. */
  readonly here: boolean;
  /** Whether an engine of another window has it. */
  readonly elsewhere: boolean;
  /** A checkpoint is there, or it was never begun, and nobody works on it. */
  readonly resumable: boolean;
}

/** Nobody works on the run, so it can be deleted. */
export function isIdle(run: Run): boolean {
  return !run.elsewhere && !(run.here && isActive(run.state));
}

/** Whether it was cut off: by a crash, a reload or a restart, not by a person. */
export function wasInterrupted(run: Run): boolean {
  return run.resumable && (run.state.status === 'interrupted' || run.state.status === 'queued');
}

/** Something of it was painted, now or earlier. */
export function wasBegun({ state }: Run): boolean {
  return state.step > 0 || state.checkpointStep !== undefined;
}

/** Finer scales follow: what is there now is a small picture of what was asked for. */
export function isBeforeLastScale({ state }: Run): boolean {
  return state.scaleIndex < state.plan.length - 1;
}

/** Waits in this window's queue, and is not begun. */
export function isWaiting({ here, state }: Run): boolean {
  return here && state.status === 'queued';
}

/**
 * The newest picture of a run that is still there: the result, what was kept when saving failed, or the latest
 * preview.
 */
export function newestPicture({ folder, state }: Run): string | undefined {
  const frame = state.frames.at(-1);
  const pictures = [state.output, state.kept, frame && path.join(folder, frame.file)];
  return pictures.find(file => file !== undefined && fs.existsSync(file));
}
