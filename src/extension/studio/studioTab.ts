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
