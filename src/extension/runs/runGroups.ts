import * as vscode from 'vscode';
import { isActive } from '../../jobs/state';
import type { Run } from './run';
import type { Runs } from './runs';
import { runTitle } from './runTitle';
import { presentStatus } from './statusText';

/** The parts of the *Runs* view, in their order. */
export const GROUPS = ['queue', 'today', 'earlier'] as const;
export type Group = (typeof GROUPS)[number];

const titles: Readonly<Record<Group, () => string>> = {
  queue: () => vscode.l10n.t('Queue'),
  today: () => vscode.l10n.t('Today'),
  earlier: () => vscode.l10n.t('Earlier'),
};

export const groupTitle = (group: Group): string => titles[group]();

/** Where a run belongs. */
export function groupOf({ here, state, createdAt }: Run, now = new Date()): Group {
  if (here && isActive(state)) return 'queue';
  return new Date(createdAt).toDateString() === now.toDateString() ? 'today' : 'earlier';
}

/**
 * The runs of every group that has any: the queue as it is painted, the others newest first.
 * @param words all of which a run has in its title or state, in any case; none for all runs
 */
export function groupRuns(
  runs: Pick<Runs, 'all' | 'active'>,
  words = '',
): ReadonlyMap<Group, readonly Run[]> {
  const now = new Date();
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (run: Run): boolean => {
    const said = `${runTitle(run)} ${presentStatus(run.state.status)}`.toLowerCase();
    return wanted.every(word => said.includes(word));
  };
  const groups = new Map<Group, Run[]>(GROUPS.map(group => [group, []]));
  for (const run of [...runs.active, ...runs.all.filter(one => groupOf(one, now) !== 'queue')])
    if (fits(run)) groups.get(groupOf(run, now))?.push(run);
  return new Map([...groups].filter(([, members]) => members.length > 0));
}
