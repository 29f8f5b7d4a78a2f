import type { EvaluateRequest } from '../../engine/alone/requests';
import type { Losses } from '../../nst/objective';
import type { RefereeReport } from '../../protocol/reply';
import type { StoredJob } from '../../jobs/folder';
import type { Recipe } from '../../recipe/recipe';
import type { Painters } from '../../agents/tool';
import type { Services } from '../services';
import { withOutputFolder } from '../stylize/plan';

/** Paints for agents in this window, after what waits already: their runs are runs like all others. */
export class WindowPainters implements Painters {
  constructor(private readonly services: Pick<Services, 'runs' | 'engine' | 'settings'>) {}

  get storage(): string {
    return this.services.settings.storage;
  }

  /** They stop with the window, and are offered again in the next. */
  async start(recipe: Recipe): Promise<string> {
    const { runs, settings } = this.services;
    const placed = recipe.output === undefined ? withOutputFolder(recipe, settings) : recipe;
    return (await runs.start(placed, 'never')).folder;
  }

  async stop({ folder, owner }: StoredJob): Promise<void> {
    const { runs } = this.services;
    if (runs.get(folder)?.here === true) return runs.stop(folder, false);
    const { jobBusy } = await import('../deferred');
    if (owner !== undefined) throw jobBusy(folder, owner);
  }

  async evaluate(image: string, recipe: Recipe, size: number, signal: AbortSignal): Promise<Losses> {
    const { engine, node } = this.services.settings;
    const { evaluateApart } = await import('../deferred');
    const request: EvaluateRequest = { image, recipe, size, settings: engine };
    return evaluateApart(request, signal, node);
  }

  judge(image: string, { content, styles, model }: Recipe, signal: AbortSignal): Promise<RefereeReport> {
    return this.services.engine.ask({ type: 'judge', image, content, styles, model }, { signal });
  }
}
