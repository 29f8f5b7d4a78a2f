import * as vscode from 'vscode';
import type { EngineOwner } from './engine/engineOwner';
import type { Figures } from './figures/figures';
import { tabTitle } from './figures/figureView';
import { problemOf } from './problems';
import type { Runs } from './runs/runs';
import type { Run } from './runs/run';
import { runTitle, savedName } from './runs/runTitle';
import { duration, percent, percentDone, presentStatus } from './runs/statusText';
import { localize, shownDevice } from './wording';

/** Steps come faster than anyone reads. */
const REPAINT_MS = 500;
/** How long the item tells how the last painting ended. */
const LINGER_MS = 8000;

/**
 * Holds still, as the percentage beside it moves: a spinning icon has VS Code draw the window all the time, which
 * without a graphics card takes as much of the processors as the pictures do.
 */
const AT_WORK = '$(paintcan)';

/** One item, shown only while something runs or is wrong. */
export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly listeners: vscode.Disposable[];
  private repaint: NodeJS.Timeout | undefined;
  private lately: Run | undefined;
  private lingering: NodeJS.Timeout | undefined;

  constructor(
    private readonly runs: Runs,
    private readonly figures: Figures,
    private readonly engine: EngineOwner,
  ) {
    this.item = vscode.window.createStatusBarItem('atelier.status', vscode.StatusBarAlignment.Right, 90);
    this.item.name = 'Atelier';
    this.listeners = [
      this.item,
      runs.onDidChange(() => {
        this.later();
      }),
      runs.onDidReceiveEvent(({ run, event }) => {
        if (event.event === 'done' || event.event === 'failed') this.linger(run);
      }),
      figures.onDidChange(() => {
        this.later();
      }),
      engine.onDidChangeHealth(() => {
        this.later();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.repaint);
    clearTimeout(this.lingering);
    for (const listener of this.listeners) listener.dispose();
  }

  private later(): void {
    this.repaint ??= setTimeout(() => {
      this.repaint = undefined;
      this.paint();
    }, REPAINT_MS);
  }

  private paint(): void {
    const { status, error } = this.engine.health;
    if (status === 'broken') {
      this.say(
        `$(error) Atelier`,
        error === undefined ? vscode.l10n.t('The engine is not running.') : problemOf(error).sentence,
        'atelier.restartEngine',
      );
      this.item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
    } else if (this.runs.active.length > 0) this.paintRuns();
    else if (this.figures.active.length > 0) this.paintFigure();
    else if (this.lately !== undefined) this.paintEnd(this.lately);
    else this.item.hide();
  }

  private linger(run: Run): void {
    this.lately = run;
    clearTimeout(this.lingering);
    this.lingering = setTimeout(() => {
      this.lately = undefined;
      this.later();
    }, LINGER_MS);
  }

  /** How the last painting ended, for a while. */
  private paintEnd(run: Run): void {
    const { status, error } = run.state;
    const tooltip = new vscode.MarkdownString();
    tooltip.appendText([runTitle(run), error && problemOf(error).sentence].filter(Boolean).join('\n'));
    const name = savedName(run);
    const said =
      status === 'failed' || name === undefined ? presentStatus(status) : vscode.l10n.t('Saved {0}', name);
    this.say(`${status === 'failed' ? '$(error)' : '$(check)'} Atelier: ${said}`, tooltip, {
      command: 'atelier.openRun',
      title: vscode.l10n.t('Open Run in the Studio'),
      arguments: [run.folder],
    });
    this.item.backgroundColor = undefined;
  }

  private paintFigure(): void {
    const [figure] = this.figures.active;
    if (figure === undefined) return;
    const tooltip = new vscode.MarkdownString();
    tooltip.appendText(
      [tabTitle(figure), figure.device && shownDevice(figure.device)].filter(Boolean).join('\n'),
    );
    const done = percent(figure.done);
    const on = figure.device === undefined ? '' : ` · ${shortDevice(figure.device)}`;
    this.say(`${AT_WORK} Atelier ${done}${on}`, tooltip, {
      command: 'atelier.openFigure',
      title: tabTitle(figure),
      arguments: [figure.folder],
    });
    this.item.backgroundColor = undefined;
  }

  private paintRuns(): void {
    const { active } = this.runs;
    const current =
      active.find(({ state }) => state.status === 'running' || state.status === 'paused') ?? active[0];
    if (current === undefined) return;
    const { state } = current;
    const icon = state.status === 'paused' ? '$(debug-pause)' : AT_WORK;
    const more = active.length > 1 ? ` +${active.length - 1}` : '';
    const on = state.deviceTitle === undefined ? '' : ` · ${shortDevice(state.deviceTitle)}`;
    const tooltip = new vscode.MarkdownString();
    tooltip.appendText(runTitle(current));
    const device = state.deviceTitle ?? state.device;
    if (device !== undefined) tooltip.appendText(`\n${shownDevice(device)}`);
    const remark = state.deviceReason && localize(state.deviceReason);
    if (remark !== undefined) tooltip.appendText(`\n${remark}`);
    if (state.secondsLeft !== undefined)
      tooltip.appendText(`\n${vscode.l10n.t('About {0} left', duration(state.secondsLeft))}`);
    // Nothing is painted yet while it waits.
    const how = state.status === 'queued' ? presentStatus(state.status) : percentDone(state);
    this.say(
      `${icon} Atelier ${how}${on}${more}`,
      tooltip,
      {
        command: 'atelier.openRun',
        title: vscode.l10n.t('Open Run in the Studio'),
        arguments: [current.folder],
      },
      remark,
    );
    this.item.backgroundColor =
      remark === undefined ? undefined : new vscode.ThemeColor('statusBarItem.warningBackground');
  }

  /** @param remark for those who hear the item instead of seeing its colour */
  private say(
    text: string,
    tooltip: string | vscode.MarkdownString,
    command: string | vscode.Command,
    remark?: string,
  ): void {
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
    const label = [text.replace(/\$\([^)]*\)\s*/g, ''), remark].filter(Boolean).join(', ');
    this.item.accessibilityInformation = { label, role: 'button' };
    this.item.show();
  }
}

/** "CPU, 2 threads" and "CUDA: NVIDIA H200" without what follows the name. */
function shortDevice(title: string): string {
  return /^[^,:]*/.exec(title)?.[0] ?? title;
}
