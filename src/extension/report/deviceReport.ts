import * as os from 'node:os';
import * as vscode from 'vscode';
import type { PaintingPlan } from '../../protocol/request';
import type { ModelListing, RunEstimate } from '../../protocol/reply';
import type { Replies } from '../../protocol/engine';
import { freeMemory, totalMemory } from '../../common/memory';
import type { Size } from '../../nst/image';
import type { EngineOwner } from '../engine/engineOwner';
import { paintingPlan, presentEstimate } from '../imageEditor/estimate';
import type { Settings } from '../settings';
import { formatNumber, localize, localizeAll } from '../wording';

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
      const found = await this.engine.ask({ type: 'devices' });
      const models = await this.engine.ask({ type: 'models' });
      // Its network may be missing; the report says so further down.
      const plan = paintingPlan('', IMAGE, {}, this.settings);
      const cost = await this.engine.ask({ type: 'estimate', plan }).catch(() => undefined);
      this.text = report(found, models, cost === undefined ? undefined : { plan, cost }, this.settings);
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

/** What the estimate is for: the size of the settings, or the whole picture where they keep its size. */
const IMAGE: Size = { width: 1024, height: 768 };

type Device = Replies['devices']['devices'][number];

interface Painting {
  readonly plan: PaintingPlan;
  readonly cost: RunEstimate;
}

/** The report as Markdown. */
function report(
  { devices, runtimes }: Replies['devices'],
  models: readonly ModelListing[],
  painting: Painting | undefined,
  settings: Settings,
): string {
  const { device, threads } = settings.engine;
  const chosen =
    device === 'auto' ? devices.find(one => one.chosen) : devices.find(one => one.device === device);
  return [
    `# ${vscode.l10n.t('Device report')}`,
    '',
    chosen?.usable === true
      ? vscode.l10n.t('New paintings use {0}.', `**${escapeCell(chosen.title)}**`)
      : vscode.l10n.t(
          'The device {0} in the settings cannot be used. Paintings fail until you choose another.',
          `**${escapeCell(device)}**`,
        ),
    vscode.l10n.t('Setting: device {0}, threads {1}.', device, threads === 0 ? 'auto' : threads),
    '',
    ...(painting === undefined ? [] : [escapeCell(costLine(painting)), '']),
    table(
      [
        vscode.l10n.t('Device'),
        vscode.l10n.t('Works'),
        vscode.l10n.t('One evaluation'),
        vscode.l10n.t('Differs from the CPU'),
      ],
      devices.map(deviceRow),
    ),
    '',
    vscode.l10n.t(
      'One evaluation: losses and gradient with the built-in network at 256 × 256 px. The differences are those in the losses and in the gradient.',
    ),
    '',
    ...reasons(devices),
    `## ${vscode.l10n.t('Libraries and drivers')}`,
    '',
    table(
      [vscode.l10n.t('Name'), vscode.l10n.t('State')],
      runtimes.map(({ name, state }) => [localize(name), localize(state)]),
    ),
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
    table([vscode.l10n.t('Name'), vscode.l10n.t('State')], machineRows(settings)),
    '',
  ].join('\n');
}

/** Why the others cannot be used, and what to do: sentences, which would squeeze the table in a narrow group. */
function reasons(devices: readonly Device[]): string[] {
  const unusable = devices.filter(({ usable }) => !usable);
  if (unusable.length === 0) return [];
  const lines = unusable.map(({ title, reason, next }) => {
    const why = localizeAll({ message: reason, ...(next === undefined ? {} : { next }) });
    return `- **${escapeCell(title)}**: ${escapeCell(why)}`;
  });
  return [`### ${vscode.l10n.t('What does not work, and how to fix it')}`, '', ...lines, ''];
}

function deviceRow({ title, usable, chosen, ms, agreement }: Device): string[] {
  const works = usable ? vscode.l10n.t('yes') : vscode.l10n.t('no');
  return [
    title,
    chosen ? vscode.l10n.t('{0}, chosen by auto', works) : works,
    ms === undefined ? '' : vscode.l10n.t('{0} ms', formatNumber(Math.round(ms))),
    agreement === undefined
      ? ''
      : `${agreement.losses.toExponential(1)}, ${agreement.gradient.toExponential(1)}`,
  ];
}

/** "1024 × 768 px with lite in 200 steps: This size needs about …" */
function costLine({ plan, cost }: Painting): string {
  const { width, height } = cost;
  const what = vscode.l10n.t(
    '{0} × {1} px with {2} in {3} steps:',
    ...[width, height, plan.model, formatNumber(plan.steps)],
  );
  return `${what} ${presentEstimate(cost, plan.size).sentence}`;
}

function machineRows(settings: Settings): string[][] {
  const [processor] = os.cpus();
  const gibibytes = (bytes: number): string => formatNumber(bytes / 2 ** 30, oneDigit);
  return [
    [vscode.l10n.t('Processor'), `${processor?.model.trim() ?? os.arch()}, ${os.availableParallelism()} CPU`],
    [
      vscode.l10n.t('Memory'),
      vscode.l10n.t('{0} GiB, {1} GiB free', gibibytes(totalMemory()), gibibytes(freeMemory())),
    ],
    [vscode.l10n.t('System'), `${os.type()} ${os.release()} ${os.arch()}`],
    ['VS Code', vscode.version],
    ['Node.js', settings.node ?? process.version],
    [vscode.l10n.t('Storage'), settings.storage],
  ];
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
