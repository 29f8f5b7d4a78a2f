import * as vscode from 'vscode';
import type { EngineOwner } from '../engine/engineOwner';
import { localize, localizeAll } from '../wording';

/** Installing and removing TensorFlow with CUDA: after consent, in the engine, with progress, and cancellable. */
export class RuntimeActions {
  constructor(private readonly engine: EngineOwner) {}

  /** Shows the size of the download, and installs when the person agrees; an interrupted one goes on. */
  async install(): Promise<void> {
    const { notice, obstacle } = await this.engine.ask({ type: 'describeRuntime', variant: 'cuda' });
    if (obstacle !== undefined) {
      void vscode.window.showWarningMessage(localizeAll(obstacle));
      return;
    }
    const install = vscode.l10n.t('Install');
    const options = { modal: true, detail: localize(notice) };
    const question = vscode.l10n.t('Install the CUDA runtime?');
    if ((await vscode.window.showInformationMessage(question, options, install)) !== install) return;
    const shown = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Installing the CUDA runtime'),
      cancellable: true,
    };
    await vscode.window.withProgress(shown, async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        abort.abort();
      });
      let before = 0;
      const onProgress = (done: number, total: number): void => {
        if (total === 0) return;
        const percent = (100 * done) / total;
        progress.report({ increment: percent - before, message: `${percent.toFixed(0)} %` });
        before = percent;
      };
      const request = { type: 'installRuntime', variant: 'cuda' } as const;
      await this.engine.ask(request, { onProgress, signal: abort.signal });
    });
    void vscode.window.showInformationMessage(vscode.l10n.t('The CUDA runtime is installed.'));
  }

  async remove(): Promise<void> {
    const remove = vscode.l10n.t('Remove');
    const question = vscode.l10n.t('Remove the CUDA runtime?');
    if ((await vscode.window.showWarningMessage(question, { modal: true }, remove)) !== remove) return;
    await this.engine.ask({ type: 'removeRuntime' });
    void vscode.window.showInformationMessage(vscode.l10n.t('The CUDA runtime is removed.'));
  }
}
