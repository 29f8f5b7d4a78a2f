import * as vscode from 'vscode';
import type { EngineOwner } from '../engine/engineOwner';
import type { Settings } from '../settings';
import { formatNumber, localize, localizeAll } from '../wording';

/** TensorFlow with CUDA, or its build for the CPU. */
type Variant = 'cpu' | 'cuda';

/** Installing and removing TensorFlow: after consent, in the engine, with progress, and cancellable. */
export class RuntimeActions {
  constructor(
    private readonly engine: EngineOwner,
    private readonly settings: Settings,
  ) {}

  /**
   * Shows the size of the download, and installs when the person agrees; an interrupted one goes on. Where there can be
   * no CUDA, TensorFlow for the CPU is offered instead.
   */
  async install(): Promise<void> {
    const cuda = await this.describe('cuda');
    if (cuda.obstacle === undefined) return this.installAfterConsent('cuda', cuda);
    const cpu = await this.describe('cpu');
    if (cpu.obstacle !== undefined) {
      await vscode.window.showWarningMessage(localizeAll(cuda.obstacle), { modal: true });
      return;
    }
    const install = vscode.l10n.t('TensorFlow for the CPU…');
    const instead = vscode.l10n.t(
      'You can install TensorFlow for the CPU instead. The device report then shows which of the two is faster here.',
    );
    const { message, next } = cuda.obstacle;
    const detail = next === undefined ? instead : `${localize(next)}\n\n${instead}`;
    const options = { modal: true, detail };
    if ((await vscode.window.showWarningMessage(localize(message), options, install)) !== install) return;
    await this.installAfterConsent('cpu', cpu);
  }

  async remove(): Promise<void> {
    const remove = vscode.l10n.t('Remove');
    const question = vscode.l10n.t('Remove the TensorFlow that Atelier installed?');
    if ((await vscode.window.showWarningMessage(question, { modal: true }, remove)) !== remove) return;
    await this.engine.ask({ type: 'removeRuntime' });
    void vscode.window.showInformationMessage(vscode.l10n.t('TensorFlow is removed.'));
  }

  private describe(variant: Variant) {
    return this.engine.ask({ type: 'describeRuntime', variant });
  }

  private async installAfterConsent(
    variant: Variant,
    { notice, installed }: Awaited<ReturnType<RuntimeActions['describe']>>,
  ): Promise<void> {
    // What is installed is looked after without a question: nothing large is fetched again.
    if (installed !== variant && !(await this.agrees(variant, localize(notice)))) return;
    const card = await this.withProgress(variant);
    if (variant === 'cuda') {
      const sentence = vscode.l10n.t('The CUDA runtime is installed and uses {0}.', card ?? 'CUDA');
      void vscode.window.showInformationMessage(sentence);
      return;
    }
    const use = vscode.l10n.t('Use It for New Paintings');
    const sentence = vscode.l10n.t('TensorFlow for the CPU is installed.');
    // The command is over: nobody has to answer.
    void vscode.window.showInformationMessage(sentence, use).then(async pressed => {
      if (pressed === use) await this.settings.setDevice('tensorflow');
    });
  }

  private async agrees(variant: Variant, notice: string): Promise<boolean> {
    const install = vscode.l10n.t('Install');
    const question =
      variant === 'cuda'
        ? vscode.l10n.t('Install the CUDA runtime?')
        : vscode.l10n.t('Install TensorFlow for the CPU?');
    const options = { modal: true, detail: notice };
    return (await vscode.window.showInformationMessage(question, options, install)) === install;
  }

  /** @returns the card that computes, with CUDA */
  private async withProgress(variant: Variant): Promise<string | undefined> {
    const title =
      variant === 'cuda'
        ? vscode.l10n.t('Installing the CUDA runtime')
        : vscode.l10n.t('Installing TensorFlow for the CPU');
    const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(shown, async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        abort.abort();
      });
      let before = 0;
      const onProgress = (done: number, total: number): void => {
        if (total === 0) return;
        const percent = (100 * done) / total;
        progress.report({
          increment: percent - before,
          message: formatNumber(done / total, { style: 'percent' }),
        });
        before = percent;
      };
      const asked = { onProgress, signal: abort.signal };
      return (await this.engine.ask({ type: 'installRuntime', variant }, asked)).card;
    });
  }
}
