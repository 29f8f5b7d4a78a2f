import * as vscode from 'vscode';
import type { Previews } from '../previews';
import type { Settings } from '../settings';
import { formatNumber } from '../wording';
import type { Runs } from './runs';

/**
 * Deletes runs beyond the settings' limits, quietly: once a window is quiet after its start. What was interrupted, or
 * saved nowhere else, waits for a person.
 */
export async function pruneByLimits(settings: Settings, runs: Runs, previews: Previews): Promise<void> {
  const { days, bytes } = settings.keepRuns;
  const { pruneJobs, pruneFigures } = await import('../deferred');
  pruneFigures(settings.storage, days);
  const { deleted } = pruneJobs(settings.storage, { maxAgeDays: days, maxBytes: bytes });
  await previews.prune(days);
  if (deleted.length > 0) await runs.refresh();
}

/** *Delete Old Runs…*: says how much room they take, and deletes those that the person chooses and agrees to. */
export async function askAndPrune(settings: Settings, runs: Runs): Promise<void> {
  const { isUnfinished, prunableJobs, pruneJobs } = await import('../deferred');
  await runs.refresh();
  const offers = [
    { label: vscode.l10n.t('Older than a week'), maxAgeDays: 7 },
    { label: vscode.l10n.t('Older than a month'), maxAgeDays: 30 },
    { label: vscode.l10n.t('All but the newest 500 MB'), maxBytes: 5e8 },
    { label: vscode.l10n.t('All runs'), maxBytes: 0 },
  ];
  const choices = offers.flatMap(({ label, ...limit }) => {
    const limits = { ...limit, unfinished: true };
    const { jobs, bytes, left } = prunableJobs(settings.storage, limits);
    if (jobs.length === 0) return [];
    return [{ label, description: amount(jobs.length, bytes), limits, jobs, bytes, left }];
  });
  const [first] = choices;
  if (first === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no runs to delete.'));
    return;
  }
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t(
      'Delete old runs: {0} runs take {1} MB',
      runs.all.length,
      megabytes(first.bytes + first.left),
    ),
    placeHolder: vscode.l10n.t('Saved paintings stay'),
  });
  if (chosen === undefined) return;
  const unfinished = chosen.jobs.filter(isUnfinished).length;
  const agree = vscode.l10n.t('Delete');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete {0} runs, {1} MB?', chosen.jobs.length, megabytes(chosen.bytes)),
    { modal: true, detail: whatGoes(unfinished) },
    agree,
  );
  if (answer !== agree) return;
  const { deleted, freed } = pruneJobs(settings.storage, chosen.limits);
  await runs.refresh();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} runs deleted, {1} MB freed.', deleted.length, megabytes(freed)),
  );
}

function whatGoes(unfinished: number): string {
  const stays = vscode.l10n.t('Saved paintings stay. This cannot be undone.');
  if (unfinished === 0) return stays;
  const goes = vscode.l10n.t(
    '{0} of them were interrupted, or their painting is saved nowhere else.',
    unfinished,
  );
  return `${goes} ${stays}`;
}

function amount(runs: number, bytes: number): string {
  return vscode.l10n.t('{0} runs, {1} MB', runs, megabytes(bytes));
}

/** Bytes as people read them. */
export function megabytes(bytes: number): string {
  return formatNumber(bytes / 1e6, { maximumFractionDigits: bytes < 1e7 ? 1 : 0 });
}
