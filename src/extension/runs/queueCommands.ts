import { isWaiting, type Run } from './run';
import type { RunActions } from './runActions';
import type { Runs } from './runs';

type Act = (runs: readonly Run[]) => Promise<void>;

/** What moves waiting runs in the queue. */
export function queueMoves(runs: Runs): Readonly<Record<'up' | 'down' | 'first', Act>> {
  const waiting = (): readonly string[] => runs.active.filter(isWaiting).map(({ folder }) => folder);
  const folders = (moved: readonly Run[]): readonly string[] => moved.map(({ folder }) => folder);
  const places = (moved: readonly Run[]): readonly number[] =>
    waiting().flatMap((folder, place) => (folders(moved).includes(folder) ? [place] : []));
  return {
    up: moved => runs.moveBefore(folders(moved), waiting()[Math.max(0, (places(moved)[0] ?? 0) - 1)]),
    down: moved => runs.moveBefore(folders(moved), waiting()[(places(moved).at(-1) ?? 0) + 2]),
    first: moved =>
      runs.moveBefore(
        folders(moved),
        waiting().find(one => !folders(moved).includes(one)),
      ),
  };
}

/** Takes everything out of the queue that waits. */
export async function cancelWaiting(runs: Runs, actions: RunActions): Promise<void> {
  await actions.cancel(runs.active.filter(isWaiting));
}
