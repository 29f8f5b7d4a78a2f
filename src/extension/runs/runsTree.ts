import * as path from 'node:path';
import * as vscode from 'vscode';
import { isActive } from '../../jobs/state';
import { problemOf } from '../problems';
import { shownPath } from '../wording';
import { isIdle, isWaiting, newestPicture, type Run } from './run';
import { megabytes } from './pruning';
import type { Runs } from './runs';
import { runTitle } from './runTitle';
import { describeState, presentStatus } from './statusText';
import { folderSize } from './storageSize';

/** Events of a running job come faster than anyone reads a list. */
const REPAINT_MS = 1000;
/** How often the storage is looked at while another window works on a run. */
const LOOK_MS = 5000;
/** The storage is measured when nothing came or went for a while. */
const MEASURE_MS = 1500;

/** The *Runs* view: newest first, with thumbnail, state and time. */
export class RunsTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string | undefined>();
  private readonly stale = new Set<string>();
  private readonly view: vscode.TreeView<string>;
  private readonly listeners: vscode.Disposable[];
  private repaint: NodeJS.Timeout | undefined;
  private look: NodeJS.Timeout | undefined;
  private measuring: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly runs: Runs) {
    this.view = vscode.window.createTreeView('atelier.runs', {
      treeDataProvider: this,
      showCollapseAll: false,
    });
    this.listeners = [
      this.view,
      runs.onDidChangeList(() => {
        this.changed.fire(undefined);
        this.tellContext();
        this.measureLater();
      }),
      runs.onDidChange(({ folder }) => {
        this.later(folder);
      }),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) void runs.refresh();
        else clearTimeout(this.measuring);
        this.watchOthers();
      }),
    ];
  }

  getChildren(): readonly string[] & string[] {
    return this.runs.all.map(({ folder }) => folder);
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(folder: string): vscode.TreeItem {
    const run = this.runs.get(folder);
    // It was deleted between two looks.
    if (run === undefined) return new vscode.TreeItem(path.basename(folder));
    const title = runTitle(run.recipe);
    const state = describeState(run, this.runs.ahead(run));
    const time = describeTime(new Date(run.createdAt));
    // A label is shown before its description, and a long title leaves no room behind it: while something moves, that
    // is what people look for. The time matters only afterwards; how long it took is in the tooltip.
    const idle = isIdle(run);
    const item = new vscode.TreeItem(idle ? title : state);
    item.id = folder;
    item.description = idle ? `${presentStatus(run.state.status)} · ${time}` : title;
    item.iconPath = iconOf(run);
    item.contextValue = contextOf(run);
    item.accessibilityInformation = { label: `${title}, ${state}, ${time}` };
    item.tooltip = tooltipOf(run, state);
    item.command = {
      command: 'atelier.openRun',
      title: vscode.l10n.t('Open Run in the Studio'),
      arguments: [folder],
    };
    return item;
  }

  dispose(): void {
    clearTimeout(this.repaint);
    clearInterval(this.look);
    clearTimeout(this.measuring);
    for (const listener of this.listeners) listener.dispose();
    this.changed.dispose();
  }

  private later(folder: string): void {
    this.stale.add(folder);
    this.repaint ??= setTimeout(() => {
      this.repaint = undefined;
      for (const one of this.stale) this.changed.fire(one);
      this.stale.clear();
    }, REPAINT_MS);
  }

  private tellContext(): void {
    const any = this.runs.all.length > 0;
    void vscode.commands.executeCommand('setContext', 'atelier.hasRuns', any);
    const active = this.runs.active.length;
    this.view.badge =
      active === 0
        ? undefined
        : { value: active, tooltip: vscode.l10n.t('Paintings under way: {0}', active) };
    this.watchOthers();
  }

  /** Says beside the title how much room the runs take; figures and previews are not counted. */
  private measureLater(): void {
    clearTimeout(this.measuring);
    if (!this.view.visible) return;
    this.measuring = setTimeout(() => {
      void folderSize(this.runs.folder).then(bytes => {
        this.view.description = bytes === 0 ? '' : vscode.l10n.t('{0} MB', megabytes(bytes));
      });
    }, MEASURE_MS);
  }

  /** What other windows do is only known from the storage. */
  private watchOthers(): void {
    clearInterval(this.look);
    this.look = undefined;
    const others = this.runs.all.some(({ elsewhere }) => elsewhere);
    if (others && this.view.visible) this.look = setInterval(() => void this.runs.refresh(), LOOK_MS);
  }
}

/** The run's picture, or what its state looks like while it has none. */
function iconOf(run: Run): vscode.Uri | vscode.ThemeIcon {
  const picture = newestPicture(run);
  if (picture !== undefined && run.state.status !== 'failed') return vscode.Uri.file(picture);
  return run.state.status === 'failed'
    ? new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'))
    : new vscode.ThemeIcon('paintcan');
}

/** Words that the menus of the view look for: see `view/item/context` in the manifest. */
function contextOf(run: Run): string {
  const { state, here } = run;
  const words = [state.status as string];
  if (isIdle(run)) words.push('idle');
  if (isWaiting(run)) words.push('waiting');
  else if (here && isActive(state)) words.push('active');
  if (run.resumable) words.push('resumable');
  if (newestPicture(run) !== undefined) words.push('finished');
  return words.join(' ');
}

function tooltipOf(run: Run, state: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const time = describeTime(new Date(run.createdAt));
  text.appendText(`${runTitle(run.recipe)}\n${state} · ${time}\n${shownPath(run.recipe.content)}`);
  if (run.state.error !== undefined) text.appendText(`\n${problemOf(run.state.error).sentence}`);
  return text;
}

function describeTime(date: Date): string {
  const today = new Date().toDateString() === date.toDateString();
  return new Intl.DateTimeFormat(
    vscode.env.language,
    today ? { timeStyle: 'short' } : { dateStyle: 'medium' },
  ).format(date);
}
