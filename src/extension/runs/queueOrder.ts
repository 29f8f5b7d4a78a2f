import { inOrder } from '../../common/inOrder';
import type { Run } from './run';

/** The order in which the engine of this window takes its runs, and how far it has come with them. */
export class QueueOrder {
  /** Job folders, in the order in which they are taken; some have ended. */
  private order: readonly string[] = [];
  /** How many have ended since nothing was waiting or at work. */
  private ended = 0;

  /** @param active runs of this window that are waiting or at work */
  sorted(active: readonly Run[]): readonly Run[] {
    return [...active.filter(run => !isBehind(run)), ...inOrder(active.filter(isBehind), this.order)];
  }

  /** How many the queue has had since it was empty, and how many of them have ended. */
  progress(active: readonly Run[]): { readonly ended: number; readonly total: number } {
    return { ended: this.ended, total: this.ended + active.length };
  }

  /** A run is put at the end; `active` has it already. */
  enter(folder: string, active: readonly Run[]): void {
    if (active.every(run => run.folder === folder)) this.ended = 0;
    const others = this.order.filter(one => one !== folder && active.some(run => run.folder === one));
    this.order = [...others, folder];
  }

  /** A run has ended. */
  leave(): void {
    this.ended += 1;
  }

  /**
   * The order of those that wait when some of them are put before another one, or at the end; those at work stay there.
   * @param before job folder
   * @returns undefined when nothing moves
   */
  moved(active: readonly Run[], folders: readonly string[], before?: string): readonly string[] | undefined {
    const sorted = this.sorted(active);
    const waiting = sorted.filter(isBehind).map(({ folder }) => folder);
    const moving = waiting.filter(folder => folders.includes(folder));
    if (moving.length === 0 || (before !== undefined && moving.includes(before))) return undefined;
    const others = waiting.filter(folder => !moving.includes(folder));
    // Before what is at work is before all that waits.
    const isAtWork = sorted.some(run => run.folder === before && !isBehind(run));
    const found = isAtWork ? 0 : others.findIndex(folder => folder === before);
    const at = found < 0 ? others.length : found;
    return [...others.slice(0, at), ...moving, ...others.slice(at)];
  }

  /** The engine has taken another order. */
  take(order: readonly string[]): void {
    this.order = order;
  }
}

/** Waits behind another run; what waits for another window alone is the next in any case. */
export function isBehind({ state }: Run): boolean {
  return state.status === 'queued' && state.behind !== 'engine';
}
