import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ModelListing } from '../../protocol/reply';
import type { EngineOwner } from '../engine/engineOwner';
import type { Settings } from '../settings';
import { presets } from '../../recipe/presets';

const MODEL = 'vgg19';

/** Fetching and importing the original network: after consent, in the engine, with progress, and cancellable. */
export class ModelActions {
  constructor(
    private readonly engine: EngineOwner,
    private readonly settings: Settings,
  ) {}

  /** Has new paintings use another network: one that is there, imported ones as well, or one that is fetched first. */
  async choose(): Promise<void> {
    const models = await this.engine.ask({ type: 'models' });
    const current = this.settings.model ?? presets[this.settings.preset].model;
    const items = models
      .filter(({ status }) => status !== 'damaged')
      .map(({ name, title, status, bytes }) => ({
        ...{ name, status, label: title },
        description: [
          ...(name === current ? [vscode.l10n.t('in use')] : []),
          ...(status === 'available' ? [vscode.l10n.t('can be downloaded')] : []),
          `${megabytes(bytes)} MB`,
        ].join(' · '),
      }));
    const importing = { name: undefined, label: `$(folder-opened) ${vscode.l10n.t('Import from a File…')}` };
    const chosen = await vscode.window.showQuickPick([...items, importing], {
      title: vscode.l10n.t('Network for new paintings'),
    });
    if (chosen === undefined) return;
    if (chosen.name === undefined) return this.import();
    if (chosen.status === 'available') return this.download();
    await this.settings.setModel(chosen.name);
  }

  /** Shows size, licence and source, and downloads when the person agrees; an interrupted one goes on. */
  async download(): Promise<void> {
    const model = (await this.engine.ask({ type: 'models' })).find(({ name }) => name === MODEL);
    if (model === undefined) return;
    if (model.status === 'installed') return this.notifyInstalled(model);
    const answer = await this.askConsent(model);
    if (answer === 'import') return this.import();
    if (answer !== 'download') return;
    await this.withProgress(vscode.l10n.t('Downloading VGG-19'), (onProgress, signal) =>
      this.engine.ask({ type: 'download', model: MODEL }, { onProgress, signal }),
    );
    await this.notifyReady(MODEL);
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
    await this.notifyReady(name);
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
      vscode.l10n.t('Every file is verified. Atelier also works without it, with its built-in network.'),
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

  private async notifyInstalled({ bytes, source }: ModelListing): Promise<void> {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('VGG-19 is installed ({0} MB, {1}).', megabytes(bytes), source ?? '?'),
    );
  }

  private async notifyReady(name: string): Promise<void> {
    const use = vscode.l10n.t('Use It for New Paintings');
    const pressed = await vscode.window.showInformationMessage(
      name === MODEL
        ? vscode.l10n.t('VGG-19 is installed.')
        : vscode.l10n.t('The network is installed; recipes use it as "model": "{0}".', name),
      use,
    );
    if (pressed === use) await this.settings.setModel(name);
  }
}

function megabytes(bytes: number): string {
  return new Intl.NumberFormat(vscode.env.language, { maximumFractionDigits: 1 }).format(bytes / 1e6);
}
