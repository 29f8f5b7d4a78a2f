import * as vscode from 'vscode';
import type { Services } from '../services';

/** Several at once are one look. */
const LOOK_MS = 300;

/** Has the runs looked for when another program, an agent's server for one, begins or deletes some. */
export function watchForNewRuns({
  runs,
  settings,
  log,
}: Pick<Services, 'runs' | 'settings' | 'log'>): vscode.Disposable {
  let watcher: vscode.FileSystemWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  const look = ({ fsPath }: vscode.Uri): void => {
    // Those of this window are known before they are seen.
    if (runs.get(fsPath)?.here === true) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      runs.refresh().catch((error: unknown) => {
        log.warn('The runs could not be looked at.', error);
      });
    }, LOOK_MS);
  };
  const watch = (): void => {
    watcher?.dispose();
    const pattern = new vscode.RelativePattern(vscode.Uri.file(runs.folder), '*');
    watcher = vscode.workspace.createFileSystemWatcher(pattern, false, true, false);
    watcher.onDidCreate(look);
    watcher.onDidDelete(look);
  };
  watch();
  return vscode.Disposable.from(
    settings.onDidChangeStorage(watch),
    new vscode.Disposable(() => {
      clearTimeout(timer);
      watcher?.dispose();
    }),
  );
}
