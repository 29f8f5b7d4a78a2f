import type { ChildProcess } from 'node:child_process';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import {
  EVALUATE_ARGUMENT,
  JUDGE_ARGUMENT,
  PAINT_ARGUMENT,
  STOP_MESSAGE,
  type EvaluateRequest,
  type JudgeRequest,
  type PaintRequest,
} from '../engine/alone/requests';
import { jobBusy, type StoredJob } from '../jobs/folder';
import type { Losses } from '../nst/objective';
import type { RefereeReport } from '../protocol/reply';
import type { EngineSettings } from '../protocol/request';
import type { Recipe } from '../recipe/recipe';
import { startAlone } from './aloneProcess';
import type { Painters } from './tool';

/** Each waits in a process of its own. */
const MOST_AT_ONCE = 8;

/** Evaluates an image in a process of its own, which it may take down with it. */
export async function evaluateApart(
  request: EvaluateRequest,
  signal: AbortSignal,
  execPath?: string,
): Promise<Losses> {
  const start = { argument: EVALUATE_ARGUMENT, request, detached: false, execPath };
  const { reply } = await startAlone<{ readonly losses: Losses }>(start, signal);
  return reply.losses;
}

/** Paints each recipe in a process of its own, which goes on when this one ends. They take turns with each other. */
export class DetachedPainters implements Painters {
  /** By the job's folder; those that run. */
  private readonly children = new Map<string, ChildProcess>();
  private starting = 0;

  constructor(private readonly settings: EngineSettings) {}

  get storage(): string {
    return this.settings.storage;
  }

  async start(recipe: Recipe, stopsWithAgent: boolean, signal: AbortSignal): Promise<string> {
    if (this.children.size + this.starting >= MOST_AT_ONCE)
      throw new AtelierError('usage', msg`${MOST_AT_ONCE} paintings are already in progress.`, {
        next: msg`Wait until one is done, or cancel one.`,
      });
    const request: PaintRequest = { recipe, settings: this.settings, stopsWithParent: stopsWithAgent };
    this.starting += 1;
    try {
      const start = { argument: PAINT_ARGUMENT, request, detached: true };
      const { reply, child } = await startAlone<{ readonly job: string }>(start, signal);
      this.children.set(reply.job, child);
      child.once('exit', () => this.children.delete(reply.job));
      // It holds this process no longer.
      child.unref();
      child.channel?.unref();
      return reply.job;
    } finally {
      this.starting -= 1;
    }
  }

  /** Also one that an earlier program began for an agent; none of VS Code's or of a terminal's. */
  stop({ folder, owner, painter }: StoredJob): Promise<void> {
    const child = this.children.get(folder);
    if (child?.connected === true) child.send(STOP_MESSAGE, () => undefined);
    else if (owner !== undefined && owner === painter) process.kill(owner, 'SIGTERM');
    else if (owner !== undefined) throw jobBusy(folder, owner);
    return Promise.resolve();
  }

  evaluate(image: string, recipe: Recipe, size: number, signal: AbortSignal): Promise<Losses> {
    return evaluateApart({ image, recipe, size, settings: this.settings }, signal);
  }

  async judge(image: string, recipe: Recipe, signal: AbortSignal): Promise<RefereeReport> {
    const request: JudgeRequest = { image, recipe, settings: this.settings };
    const start = { argument: JUDGE_ARGUMENT, request, detached: false };
    const { reply } = await startAlone<{ readonly referee: RefereeReport }>(start, signal);
    return reply.referee;
  }
}
