import * as vscode from 'vscode';
import { folderOnShow, studioTab } from '../studio/studioTab';
import type { Run } from './run';
import type { Runs } from './runs';
import { runTitle } from './runTitle';
import { describeState } from './statusText';

/**
 * The run that the studio shows, the only one, or the one that the person chooses.
 * @param none said where no run fits
 */
export async function chooseRun(
  runs: Runs,
  memory: vscode.Memento,
  fits: (run: Run) => boolean,
  none: string,
): Promise<Run | undefined> {
  const shown = runs.get(folderOnShow(memory) ?? '');
  if (studioTab()?.isActive === true && shown !== undefined && fits(shown)) return shown;
  const fitting = runs.all.filter(fits);
  if (fitting.length === 0) void vscode.window.showInformationMessage(none);
  if (fitting.length < 2) return fitting[0];
  const items = fitting.map(run => ({
    run,
    label: runTitle(run),
    description: describeState(run, runs.ahead(run)),
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose a run') }))?.run;
}
