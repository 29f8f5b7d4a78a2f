import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Settings } from '../settings';
import { wasInterrupted, type Run } from './run';
import type { Runs } from './runs';
import { runTitle } from './runTitle';

/**
 * How long an engine that has a run may take to let go of it, and how often that is looked at, in milliseconds. The
 * window before a reload writes its checkpoint while the one after it opens; an engine that keeps its run for longer
 * is that of another window.
 */
const RELEASE_MS = 20_000;
const LOOK_AGAIN = 500;

/**
 * Looks for runs that a reload, a crash or a restart cut off, and resumes them or offers to, as the setting has it.
 * @param isShown whether the window already shows a run, with its own button to resume
 * @param resume takes up one run
 */
export async function careForInterrupted(
  runs: Runs,
  settings: Settings,
  isShown: (run: Run) => boolean,
  resume: (run: Run) => Promise<void>,
): Promise<void> {
  await runs.ensureLoaded();
  const lettingGo = Date.now() + RELEASE_MS;
  while (runs.all.some(run => run.elsewhere) && Date.now() < lettingGo) {
    await setTimeout(LOOK_AGAIN);
    await runs.refresh();
  }
  const offered = (run: Run) => settings.resume === 'always' || !isShown(run);
  const interrupted = runs.all.filter(run => wasInterrupted(run) && offered(run)).reverse();
  const [first] = interrupted;
  if (first === undefined || settings.resume === 'never') return;
  if (settings.resume === 'ask') {
    const yes = vscode.l10n.t('Resume');
    const show = vscode.l10n.t('Show Runs');
    const pressed = await vscode.window.showInformationMessage(
      interrupted.length === 1
        ? vscode.l10n.t('The painting "{0}" was interrupted.', runTitle(first))
        : vscode.l10n.t('{0} paintings were interrupted.', interrupted.length),
      yes,
      show,
    );
    if (pressed === show) await vscode.commands.executeCommand('atelier.runs.focus');
    if (pressed !== yes) return;
  }
  for (const run of interrupted) await resume(run);
}
