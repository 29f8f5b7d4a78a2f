import * as vscode from 'vscode';
import { isActive } from '../../jobs/state';
import { isIdle, isWaiting, newestPicture, type Run } from '../runs/run';
import type { RunActions } from '../runs/runActions';
import type { Runs } from '../runs/runs';
import { runTitle } from '../runs/runTitle';
import { describeState } from '../runs/statusText';
import { askAndPrune } from '../runs/pruning';
import type { Settings } from '../settings';
import type { Studio } from '../studio/studio';
import type { Command } from './register';

/** Commands on runs: in the *Runs* view, where they get the job's folder, and in the palette. */
export function runCommands(
  runs: Runs,
  actions: RunActions,
  studio: Studio,
  settings: Settings,
): Readonly<Record<string, Command>> {
  /** The run that was clicked, that the studio shows, or that the person chooses, if it fits the command. */
  const about =
    (fits: (run: Run) => boolean, act: (run: Run) => Promise<void>): Command =>
    async (clicked: unknown) => {
      await runs.ensureLoaded();
      const known = typeof clicked === 'string' ? runs.get(clicked) : undefined;
      const run = known ?? (await chooseRun(runs, studio, fits));
      if (run !== undefined) await act(run);
    };
  const hasPicture = (run: Run) => newestPicture(run) !== undefined;
  const isHereAnd = (status: string) => (run: Run) => run.here && run.state.status === status;
  return {
    openStudio: async () => {
      const [active] = runs.active;
      studio.show(
        studio.run === undefined && active !== undefined ? await runs.open(active.folder) : undefined,
      );
    },
    openRun: about(
      () => true,
      async run => {
        studio.show(await runs.open(run.folder));
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
    copyImage: () => {
      studio.copyImage();
    },
  };
}

async function chooseRun(runs: Runs, studio: Studio, fits: (run: Run) => boolean): Promise<Run | undefined> {
  const shown = studio.run && runs.get(studio.run.folder);
  if (studio.visible && shown !== undefined && fits(shown)) return shown;
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
