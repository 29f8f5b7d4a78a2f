import * as vscode from 'vscode';

/** The view type of the studio's panel. */
export const STUDIO = 'atelier.studio';

/** Where the run of the panel is remembered over a reload of the window. */
export const SHOWN_RUN = 'atelier.studio.run';

/** The tab of the studio while it is open, also before VS Code has restored the panel behind it. */
export function studioTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(STUDIO));
}

/** The job folder of the run that the studio shows, or will show when it is restored; undefined while it is closed. */
export function folderOnShow(memory: vscode.Memento): string | undefined {
  return studioTab() && memory.get<string>(SHOWN_RUN);
}

/** Whether the person sees the run in a job folder: the studio shows it, and no other editor lies over the studio. */
export function isInSight(folder: string, memory: vscode.Memento): boolean {
  return studioTab()?.isActive === true && memory.get<string>(SHOWN_RUN) === folder;
}

/**
 * Where the studio opens: in the group behind the one in front, else in the one before it. A group is made only where
 * there is but one.
 */
export function columnBeside({
  all,
  activeTabGroup,
}: Pick<vscode.TabGroups, 'all' | 'activeTabGroup'>): vscode.ViewColumn {
  const columns = all
    .map(({ viewColumn }) => viewColumn)
    .filter(column => column !== activeTabGroup.viewColumn);
  const behind = columns.find(column => column > activeTabGroup.viewColumn);
  // Not `Beside`, which takes a group without an editor for one that is not there.
  return behind ?? columns.at(-1) ?? activeTabGroup.viewColumn + 1;
}
