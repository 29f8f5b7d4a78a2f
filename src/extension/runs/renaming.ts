import * as vscode from 'vscode';
import type { Run } from './run';
import type { Runs } from './runs';
import { runTitle } from './runTitle';

/** Asks what the run is to be called; an empty name gives it back the one that it had by itself. Files keep theirs. */
export async function askForName(run: Run, runs: Pick<Runs, 'rename'>): Promise<void> {
  const { LONGEST_NAME } = await import('../deferred');
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename the run'),
    prompt: vscode.l10n.t('The saved file keeps its name. Nothing gives the run its first name back.'),
    value: runTitle(run),
    validateInput: text =>
      text.trim().length > LONGEST_NAME
        ? vscode.l10n.t('A name has at most {0} characters.', LONGEST_NAME)
        : undefined,
  });
  if (name !== undefined && name.trim() !== runTitle(run)) await runs.rename(run.folder, name.trim());
}
