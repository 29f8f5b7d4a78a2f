import * as vscode from 'vscode';
import { isActive } from '../../jobs/state';
import { isIdle, isWaiting, newestPicture, type Run } from './run';
import type { RunActions } from './runActions';
import type { Runs } from './runs';
import { runTitle } from './runTitle';
import { describeState } from './statusText';
import { askAndPrune } from './pruning';
import type { Settings } from '../settings';
import { folderOnShow, studioTab } from '../studio/studioTab';
import type { Command } from '../registerCommands';

/** Commands on runs: in the *Runs* view, where they get the job's folder, and in the palette. */
export function runCommands(
  runs: Runs,
  actions: RunActions,
  memory: vscode.Memento,
  settings: Settings,
): Readonly<Record<string, Command>> {
  /** The run that was clicked, that the studio shows, or that the person chooses, if it fits the command. */
  const about =
    (fits: (run: Run) => boolean, act: (run: Run) => Promise<void>): Command =>
    async (clicked: unknown) => {
      await runs.ensureLoaded();
      const known = typeof clicked === 'string' ? runs.get(clicked) : undefined;
      const run = known ?? (await chooseRun(runs, memory, fits));
      if (run !== undefined) await act(run);
    };
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
    ),
    pauseRun: about(isHereAnd('running'), run => runs.pause(run.folder)),
    continueRun: about(isHereAnd('paused'), run => runs.continue(run.folder)),
    stopRun: about(
      run => run.here && isActive(run.state) && !isWaiting(run),
      run => runs.stop(run.folder, true),
    ),
    dequeueRun: about(isWaiting, run => runs.dequeue(run.folder)),
    repeatRun: about(
      () => true,
      run => actions.repeat(run),
    ),
    revealRun: about(hasPicture, run => actions.reveal(run)),
    saveRunAs: about(hasPicture, run => actions.saveAs(run)),
    exportRun: about(hasPicture, run => actions.export(run)),
    saveRunRecipe: about(
      () => true,
      run => actions.saveRecipe(run),
    ),
    deleteRun: about(isIdle, run => actions.delete(run)),
    refreshRuns: () => runs.refresh(),
    pruneRuns: () => askAndPrune(settings, runs),
  };
}

async function chooseRun(
  runs: Runs,
  memory: vscode.Memento,
  fits: (run: Run) => boolean,
): Promise<Run | undefined> {
  const shown = runs.get(folderOnShow(memory) ?? '');
  if (studioTab()?.isActive === true && shown !== undefined && fits(shown)) return shown;
  const fitting = runs.all.filter(fits);
  if (fitting.length === 0)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no run for which this can be done now.'),
    );
  if (fitting.length < 2) return fitting[0];
  const items = fitting.map(run => ({
    run,
    label: runTitle(run.recipe),
    description: describeState(run, runs.ahead(run)),
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose a run') }))?.run;
}
