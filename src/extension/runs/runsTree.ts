import * as path from 'node:path';
import * as vscode from 'vscode';
import { megabytes } from './pruning';
import { QueueDragging } from './queueDragging';
import type { Run } from './run';
import { groupOf, groupRuns, GROUPS, groupTitle, type Group } from './runGroups';
import { runItem } from './runItem';
import type { Runs } from './runs';
import { folderSize } from './storageSize';

/** Events of a running job come faster than anyone reads a list. */
const REPAINT_MS = 1000;
/** How often the storage is looked at while another window works on a run. */
const LOOK_MS = 5000;
/** The storage is measured when nothing came or went for a while. */
const MEASURE_MS = 1500;

const isGroup = (row: string): row is Group => GROUPS.some(group => group === row);

/** The *Runs* view: the queue, then the others newest first, with thumbnail, state and time. */
export class RunsTree implements vscode.TreeDataProvider<string>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string | undefined>();
  private readonly stale = new Set<string>();
  private readonly view: vscode.TreeView<string>;
  private readonly listeners: vscode.Disposable[];
  private repaint: NodeJS.Timeout | undefined;
  private look: NodeJS.Timeout | undefined;
  private measuring: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  private groups: ReadonlyMap<Group, readonly Run[]> = new Map();
  private words = '';

  constructor(
    private readonly runs: Runs,
    log: vscode.LogOutputChannel,
  ) {
    this.view = vscode.window.createTreeView('atelier.runs', {
      treeDataProvider: this,
      showCollapseAll: false,
      canSelectMany: true,
      dragAndDropController: new QueueDragging(runs, log),
    });
    this.listeners = [
      this.view,
      runs.onDidChangeList(() => {
        this.changed.fire(undefined);
        this.tellBadge();
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

  /** Job folders of the rows that are selected. */
  get selection(): readonly string[] {
    return this.view.selection.filter(row => !isGroup(row));
  }

  /** Shows only runs with all of these words in their title or state. */
  filter(words: string): void {
    this.words = words;
    this.view.message = words === '' ? '' : vscode.l10n.t('Only runs with "{0}"', words);
    void vscode.commands.executeCommand('setContext', 'atelier.runsFiltered', words !== '');
    this.changed.fire(undefined);
  }

  get filtered(): string {
    return this.words;
  }

  getChildren(row?: string): string[] {
    if (row === undefined) {
      this.groups = groupRuns(this.runs, this.words);
      return [...this.groups.keys()];
    }
    return isGroup(row) ? (this.groups.get(row) ?? []).map(({ folder }) => folder) : [];
  }

  getParent(row: string): string | undefined {
    const run = this.runs.get(row);
    return run && groupOf(run);
  }

  getTreeItem(row: string): vscode.TreeItem {
    if (isGroup(row)) {
      const item = new vscode.TreeItem(groupTitle(row), vscode.TreeItemCollapsibleState.Expanded);
      item.id = row;
      item.contextValue = `group ${row}`;
      item.description = String(this.groups.get(row)?.length ?? 0);
      return item;
    }
    const run = this.runs.get(row);
    // It was deleted between two looks.
    return run === undefined ? new vscode.TreeItem(path.basename(row)) : runItem(run, this.runs.ahead(run));
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

  private tellBadge(): void {
    const active = this.runs.active.length;
    this.view.badge =
      active === 0
        ? undefined
        : { value: active, tooltip: vscode.l10n.t('Paintings in progress: {0}', active) };
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
