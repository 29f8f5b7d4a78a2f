import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ModelListing } from '../../models/listModels';
import type { EngineOwner } from '../engine/engineOwner';
import type { Settings } from '../settings';

const MODEL = 'vgg19';

/** Fetching and importing the original network: after consent, in the engine, with progress, and cancellable. */
export class ModelActions {
  constructor(
    private readonly engine: EngineOwner,
    private readonly settings: Settings,
  ) {}

  /** Shows size, licence and source, and downloads when the person agrees; an interrupted one goes on. */
  async download(): Promise<void> {
    const model = (await this.engine.ask({ type: 'models' })).find(({ name }) => name === MODEL);
    if (model === undefined) return;
    if (model.status === 'installed') return this.sayInstalled(model);
    const answer = await this.askConsent(model);
    if (answer === 'import') return this.import();
    if (answer !== 'download') return;
    await this.withProgress(vscode.l10n.t('Downloading VGG-19'), (onProgress, signal) =>
      this.engine.ask({ type: 'download', model: MODEL }, { onProgress, signal }),
    );
    await this.sayReady();
  }

  /** Takes the network from a file or a TensorFlow.js folder that the person has. */
  async import(): Promise<void> {
    const chosen = await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import VGG-19 from a file'),
      openLabel: vscode.l10n.t('Import'),
      filters: { [vscode.l10n.t('Weights')]: ['safetensors', 'h5', 'hdf5', 'json'] },
    });
    const file = chosen?.[0]?.fsPath;
    if (file === undefined) return;
    const { name } = await this.withProgress(
      vscode.l10n.t('Importing {0}', path.basename(file)),
      (onProgress, signal) => this.engine.ask({ type: 'importModel', file }, { onProgress, signal }),
    );
    if (name === MODEL) await this.sayReady();
    else
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The network is installed; recipes use it as "model": "{0}".', name),
      );
  }

  private async askConsent(model: ModelListing): Promise<'download' | 'import' | undefined> {
    const { mirror } = this.settings.engine;
    const left = model.bytes - (model.receivedBytes ?? 0);
    const detail = [
      vscode.l10n.t('Size: {0} MB', megabytes(model.bytes)),
      ...(left < model.bytes ? [vscode.l10n.t('Still to download: {0} MB', megabytes(left))] : []),
      vscode.l10n.t('License: {0}', model.license ?? '?'),
      vscode.l10n.t('Source: {0}', model.source ?? '?'),
      ...(mirror === '' ? [] : [vscode.l10n.t('Through: {0}', mirror)]),
      '',
      vscode.l10n.t('Every file is verified. Atelier also works without it, with the network it brings.'),
    ].join('\n');
    const download = vscode.l10n.t('Download');
    const fromFile = vscode.l10n.t('Import from a File…');
    const pressed = await vscode.window.showInformationMessage(
      vscode.l10n.t('Download the network VGG-19?'),
      { modal: true, detail },
      download,
      fromFile,
    );
    if (pressed === download) return 'download';
    return pressed === fromFile ? 'import' : undefined;
  }

  private withProgress<T>(
    title: string,
    work: (onProgress: (done: number, total: number) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return Promise.resolve(
      vscode.window.withProgress(options, (progress, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => {
          abort.abort();
        });
        let shown = 0;
        return work((done, total) => {
          if (total === 0) return;
          const percent = (100 * done) / total;
          const message = vscode.l10n.t('{0} of {1} MB', megabytes(done), megabytes(total));
          progress.report({ increment: percent - shown, message });
          shown = percent;
        }, abort.signal);
      }),
    );
  }

  private async sayInstalled({ bytes, source }: ModelListing): Promise<void> {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('VGG-19 is installed ({0} MB, {1}).', megabytes(bytes), source ?? '?'),
    );
  }

  private async sayReady(): Promise<void> {
    const use = vscode.l10n.t('Use It for New Paintings');
    const pressed = await vscode.window.showInformationMessage(vscode.l10n.t('VGG-19 is installed.'), use);
    if (pressed === use) await this.settings.setModel(MODEL);
  }
}

function megabytes(bytes: number): string {
  return new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 1 }).format(bytes / 1e6);
}
