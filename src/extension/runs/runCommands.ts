import * as vscode from 'vscode';
import { isActive } from '../../jobs/state';
import { isIdle, isWaiting, newestPicture, type Run } from './run';
import { askForName } from './renaming';
import type { RunActions } from './runActions';
import type { Runs } from './runs';
import { chooseRun } from './chooseRun';
import { askAndPrune } from './pruning';
import type { Settings } from '../settings';
import { cancelWaiting, queueMoves } from './queueCommands';
import { groupOf } from './runGroups';
import type { RunsTree } from './runsTree';
import type { Command } from '../registerCommands';

/** What the commands need. */
interface Dependencies {
  readonly runs: Runs;
  readonly actions: RunActions;
  readonly memory: vscode.Memento;
  readonly settings: Settings;
  readonly tree: RunsTree;
}

/** Commands on runs: in the *Runs* view, where they get the job's folder, and in the palette. */
export function runCommands({
  runs,
  actions,
  memory,
  settings,
  tree,
}: Dependencies): Readonly<Record<string, Command>> {
  /** The runs that were clicked, that the studio shows, or that the person chooses, if they fit the command. */
  const aboutAll =
    (
      fits: (run: Run) => boolean,
      act: (runs: readonly Run[]) => Promise<void>,
      none = vscode.l10n.t('There are no runs yet.'),
    ): Command =>
    async (clicked: unknown, selected: unknown) => {
      await runs.ensureLoaded();
      // Keys act on the rows that are selected; they come with this word.
      const keyed = clicked === 'selection';
      const folders: readonly unknown[] = keyed
        ? tree.selection
        : Array.isArray(selected)
          ? selected
          : [clicked];
      const known = folders.flatMap(folder => (typeof folder === 'string' ? (runs.get(folder) ?? []) : []));
      if (keyed && known.length === 0) return;
      const chosen = known.length > 0 ? known : [(await chooseRun(runs, memory, fits, none)) ?? []].flat();
      // Of several some may be, or have come, in another state.
      const fitting = chosen.length > 1 || keyed ? chosen.filter(fits) : chosen;
      if (fitting.length > 0) await act(fitting);
    };
  const about = (fits: (run: Run) => boolean, act: (run: Run) => Promise<void>, none?: string): Command =>
    aboutAll(
      fits,
      async ([run]) => {
        if (run !== undefined) await act(run);
      },
      none,
    );
  const idle = vscode.l10n.t('No painting is running.');
  const noPicture = vscode.l10n.t('No run has a picture yet.');
  const nothingWaits = vscode.l10n.t('Nothing is waiting in the queue.');
  const moves = queueMoves(runs);
  const hasPicture = (run: Run) => newestPicture(run) !== undefined;
  const isHereAnd = (status: string) => (run: Run) => run.here && run.state.status === status;
  return {
    openRun: about(
      () => true,
      async run => {
        runs.show(await runs.open(run.folder));
      },
    ),
    resumeRun: about(
      ({ resumable }) => resumable,
      run => actions.resume(run),
      vscode.l10n.t('No run can be resumed.'),
    ),
    pauseRun: about(isHereAnd('running'), run => runs.pause(run.folder), idle),
    continueRun: about(
      isHereAnd('paused'),
      run => runs.continue(run.folder),
      vscode.l10n.t('No painting is paused.'),
    ),
    stopRun: about(
      run => run.here && isActive(run.state) && !isWaiting(run),
      run => actions.stop(run),
      idle,
    ),
    discardRun: aboutAll(
      run => run.here && isActive(run.state),
      all => actions.discard(all),
      idle,
    ),
    dequeueRun: aboutAll(isWaiting, all => actions.cancel(all), nothingWaits),
    moveRunUp: aboutAll(isWaiting, moves.up, nothingWaits),
    moveRunDown: aboutAll(isWaiting, moves.down, nothingWaits),
    paintRunNext: aboutAll(isWaiting, moves.first, nothingWaits),
    cancelWaitingRuns: () => cancelWaiting(runs, actions),
    retryRuns: async (clicked: unknown, selected: unknown) => {
      const failed = (run: Run) => isIdle(run) && run.state.status === 'failed';
      if (clicked !== undefined) return aboutAll(failed, all => actions.retry(all))(clicked, selected);
      await runs.ensureLoaded();
      const today = runs.all.filter(run => failed(run) && groupOf(run) === 'today');
      if (today.length > 0) await actions.retry(today);
      else void vscode.window.showInformationMessage(vscode.l10n.t('No painting has failed today.'));
    },
    repeatRun: aboutAll(
      () => true,
      async all => {
        for (const run of all) await actions.repeat(run);
      },
    ),
    revealRun: about(hasPicture, run => actions.reveal(run), noPicture),
    saveRunAs: about(hasPicture, run => actions.saveAs(run), noPicture),
    exportRun: about(hasPicture, run => actions.export(run), noPicture),
    exportTimeline: about(hasPicture, run => actions.exportTimeline(run), noPicture),
    renameRun: about(
      () => true,
      run => askForName(run, runs),
    ),
    saveRunRecipe: about(
      () => true,
      run => actions.saveRecipe(run),
    ),
    deleteRun: aboutAll(
      run => isIdle(run) || run.here,
      async all => {
        const idle = all.filter(isIdle);
        if (idle.length > 0) await actions.delete(idle);
        // What waits or is at work can be had back without a question.
        const active = all.filter(run => !isIdle(run));
        if (active.length > 0) await actions.discard(active);
      },
    ),
    filterRuns: async () => {
      const words = await vscode.window.showInputBox({
        title: vscode.l10n.t('Filter runs'),
        prompt: vscode.l10n.t('Part of an image name, a style or a state; leave empty to show all'),
        value: tree.filtered,
      });
      if (words !== undefined) tree.filter(words.trim());
    },
    clearRunsFilter: () => {
      tree.filter('');
    },
    refreshRuns: () => runs.refresh(),
    pruneRuns: () => askAndPrune(settings, runs),
  };
}
