import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Replies } from '../../engine/protocol';
import type { ModelListing } from '../../models/listModels';
import type { EngineOwner } from '../engine/engineOwner';
import type { Settings } from '../settings';
import { formatNumber, localize } from '../wording';

/** *Device Report*: which devices compute, which do not and why, and the networks; a document made on demand. */
export class DeviceReportDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private static readonly uri = vscode.Uri.parse('atelier-report:/Atelier Device Report.md');
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  private text = '';
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly engine: EngineOwner,
    private readonly settings: Settings,
  ) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider('atelier-report', this);
  }

  /** Asks the engine anew and shows the report. */
  async show(): Promise<void> {
    const title = vscode.l10n.t('Trying the devices');
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
      const [devices, models] = await Promise.all([
        this.engine.ask({ type: 'devices' }),
        this.engine.ask({ type: 'models' }),
      ]);
      this.text = report(devices, models, this.settings);
    });
    const { uri } = DeviceReportDocument;
    this.changed.fire(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // VS Code's Markdown extension is switched off.
      await vscode.window.showTextDocument(uri);
    }
  }

  provideTextDocumentContent(): string {
    return this.text;
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

const oneDigit = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** The report as Markdown. */
function report(devices: Replies['devices'], models: readonly ModelListing[], settings: Settings): string {
  const { device, threads } = settings.engine;
  const [processor] = os.cpus();
  const yesNo = (value: boolean) => (value ? vscode.l10n.t('yes') : vscode.l10n.t('no'));
  return [
    `# ${vscode.l10n.t('Device report')}`,
    '',
    table(
      [
        vscode.l10n.t('Device'),
        vscode.l10n.t('Works'),
        vscode.l10n.t('Chosen by auto'),
        vscode.l10n.t('Why'),
      ],
      devices.map(one => [one.title, yesNo(one.usable), yesNo(one.chosen), deviceWords(one)]),
    ),
    '',
    vscode.l10n.t('Setting: device {0}, threads {1}.', device, threads === 0 ? 'auto' : threads),
    '',
    `## ${vscode.l10n.t('Networks')}`,
    '',
    table(
      [vscode.l10n.t('Network'), vscode.l10n.t('State'), vscode.l10n.t('Size'), vscode.l10n.t('License')],
      models.map(({ title, status, bytes, license, reason }) => [
        title,
        reason === undefined
          ? modelStatus(status)
          : vscode.l10n.t('{0}: {1}', modelStatus(status), localize(reason)),
        `${formatNumber(bytes / 1e6, oneDigit)} MB`,
        license ?? '',
      ]),
    ),
    '',
    `## ${vscode.l10n.t('This machine')}`,
    '',
    table(
      ['', ''],
      [
        [vscode.l10n.t('Processor'), `${processor?.model ?? os.arch()}, ${os.availableParallelism()} CPU`],
        [vscode.l10n.t('Memory'), `${formatNumber(os.totalmem() / 2 ** 30, oneDigit)} GiB`],
        [vscode.l10n.t('System'), `${os.type()} ${os.release()} ${os.arch()}`],
        ['VS Code', vscode.version],
        ['Node.js', settings.node ?? process.version],
        [vscode.l10n.t('Storage'), settings.storage],
      ],
    ),
    '',
  ].join('\n');
}

function deviceWords({ reason, next }: Replies['devices'][number]): string {
  return next === undefined ? localize(reason) : `${localize(reason)} ${localize(next)}`;
}

function modelStatus(status: ModelListing['status']): string {
  const words: Readonly<Record<ModelListing['status'], string>> = {
    embedded: vscode.l10n.t('inside the extension'),
    installed: vscode.l10n.t('installed'),
    damaged: vscode.l10n.t('damaged'),
    available: vscode.l10n.t('can be downloaded'),
  };
  return words[status];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** Text for a cell of a Markdown table, with nothing that Markdown or HTML would take for itself. */
function escapeCell(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|#]/g, '\\$&')
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('&', '&amp;');
}
