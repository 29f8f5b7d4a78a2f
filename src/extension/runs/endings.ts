import * as path from 'node:path';
import * as vscode from 'vscode';
import type { JobEvent } from '../../protocol/jobEvent';
import { problemOf, showError } from '../problems';
import type { Settings } from '../settings';
import type { Run } from './run';
import type { RunActions } from './runActions';
import type { Runs } from './runs';
import { runTitle, savedName } from './runTitle';

/**
 * Says how the paintings of this window have ended that nobody saw end: one by itself at once, those of a queue together
 * when the last of them has ended.
 */
export class Endings implements vscode.Disposable {
  private readonly listener: vscode.Disposable;
  /** Since nothing was waiting or at work. */
  private ended: Run[] = [];
  private unseen = false;

  /** @param isInSight whether the person sees the run in the studio */
  constructor(
    private readonly runs: Runs,
    private readonly actions: RunActions,
    private readonly settings: Settings,
    private readonly isInSight: (run: Run) => boolean,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.listener = runs.onDidReceiveEvent(({ run, event }) => {
      this.hear(run, event);
    });
  }

  dispose(): void {
    this.listener.dispose();
  }

  private hear(run: Run, { event }: JobEvent): void {
    if (event === 'done' || event === 'failed') {
      this.ended.push(run);
      this.unseen ||= !this.isInSight(run);
    } else if (event !== 'stopped') return;
    if (this.runs.active.length > 0) return;
    const { ended, unseen } = this;
    this.ended = [];
    this.unseen = false;
    const [first, ...others] = ended;
    if (first === undefined || !unseen || !this.settings.notifyWhenDone) return;
    const told = others.length > 0 ? this.tellAll(ended) : this.tell(first);
    told.catch((error: unknown) => showError(error, this.log));
  }

  private async tell(run: Run): Promise<void> {
    const { error } = run.state;
    if (error !== undefined) {
      const show = vscode.l10n.t('Show');
      const said = vscode.l10n.t(
        '{0} failed: {1}',
        path.basename(run.recipe.content),
        problemOf(error).sentence,
      );
      if ((await vscode.window.showWarningMessage(said, show)) === show)
        this.runs.show(await this.runs.open(run.folder));
      return;
    }
    const open = vscode.l10n.t('Open');
    const compare = vscode.l10n.t('Compare');
    const name = savedName(run);
    const said =
      name === undefined
        ? vscode.l10n.t('"{0}" is finished.', runTitle(run))
        : vscode.l10n.t('Saved {0}', name);
    const pressed = await vscode.window.showInformationMessage(said, open, compare);
    if (pressed === open) await this.actions.open(run);
    if (pressed === compare) await this.actions.compare(run);
  }

  private async tellAll(ended: readonly Run[]): Promise<void> {
    const failed = ended.filter(({ state }) => state.status === 'failed');
    const saved = ended.length - failed.length;
    const show = vscode.l10n.t('Show Runs');
    const retry = vscode.l10n.t('Retry Failed');
    const pressed =
      failed.length === 0
        ? await vscode.window.showInformationMessage(vscode.l10n.t('{0} paintings are saved.', saved), show)
        : await vscode.window.showWarningMessage(
            vscode.l10n.t('{0} paintings are saved, {1} failed.', saved, failed.length),
            ...[retry, show],
          );
    if (pressed === show) await vscode.commands.executeCommand('atelier.runs.focus');
    if (pressed === retry) await this.actions.retry(failed);
  }
}
