import type { Status } from '../../protocol/run';
import type { Run } from '../runs/run';
import type { Runs } from '../runs/runs';
import { runTitle } from '../runs/runTitle';

/** The run of the queue that a person who looks at another one goes on to: the next one, or the one at work. */
export function runBeside({ folder }: Run, { active }: Pick<Runs, 'active'>): Run | undefined {
  const [atWork, next] = active;
  return atWork?.folder === folder ? next : atWork;
}

/**
 * The queue as it is told beside a run; undefined where there is no other.
 * @param follow whether the studio goes along with the queue
 */
export function queueBeside(
  run: Run,
  runs: Pick<Runs, 'active' | 'progress'>,
  follow: boolean,
): Status['queue'] {
  const beside = runBeside(run, runs);
  if (beside === undefined) return undefined;
  const { ended, total } = runs.progress;
  const index = runs.active.indexOf(beside);
  return { name: runTitle(beside), now: index === 0, place: ended + index + 1, total, follow };
}
