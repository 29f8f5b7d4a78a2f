import * as vscode from 'vscode';
import type { Previews } from '../previews';
import type { Settings } from '../settings';
import type { Runs } from './runs';

/** Deletes runs beyond the settings' limits, quietly: once a window is quiet after its start. */
export async function pruneByLimits(settings: Settings, runs: Runs, previews: Previews): Promise<void> {
  const { days, bytes } = settings.keepRuns;
  const { pruneJobs, pruneFigures } = await import('../later');
  pruneFigures(settings.storage, days);
  const { deleted } = pruneJobs(settings.storage, { maxAgeDays: days, maxBytes: bytes });
  await previews.prune(days);
  if (deleted.length > 0) await runs.refresh();
}

/** *Delete Old Runs…*: says how much room they take, and deletes those that the person chooses. */
export async function askAndPrune(settings: Settings, runs: Runs): Promise<void> {
  const { pruneJobs, jobSize } = await import('../later');
  await runs.refresh();
  const all = runs.all;
  const bytes = all.reduce((sum, { folder }) => sum + jobSize(folder), 0);
  const choices = [
    { label: vscode.l10n.t('Older than a week'), limits: { maxAgeDays: 7 } },
    { label: vscode.l10n.t('Older than a month'), limits: { maxAgeDays: 30 } },
    { label: vscode.l10n.t('All but the newest 500 MB'), limits: { maxBytes: 5e8 } },
    { label: vscode.l10n.t('All runs'), limits: { maxAgeDays: 0 } },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Delete old runs: {0} runs take {1} MB', all.length, megabytes(bytes)),
    placeHolder: vscode.l10n.t('Saved paintings stay'),
  });
  if (chosen === undefined) return;
  const { deleted, freed } = pruneJobs(settings.storage, chosen.limits);
  await runs.refresh();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} runs deleted, {1} MB freed.', deleted.length, megabytes(freed)),
  );
}

function megabytes(bytes: number): string {
  return new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 1 }).format(bytes / 1e6);
}
