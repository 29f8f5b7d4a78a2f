import type * as vscode from 'vscode';
import { isActive } from '../../jobs/state';
import type { Run } from './run';

/** Where runs are known, and what happens to them is heard. */
interface Source {
  get(folder: string): Run | undefined;
  readonly onDidReceiveEvent: vscode.Event<{ readonly run: Run }>;
  readonly onDidChangeList: vscode.Event<void>;
}

/** Waits until a run is no longer waiting or at work; undefined when it is not among the runs any more. */
export function endOf(
  runs: Source,
  folder: string,
): vscode.Disposable & { readonly run: Promise<Run | undefined> } {
  const listeners: vscode.Disposable[] = [];
  const run = new Promise<Run | undefined>(resolve => {
    listeners.push(
      runs.onDidReceiveEvent(({ run: heard }) => {
        if (heard.folder === folder && !isActive(heard.state)) resolve(heard);
      }),
      runs.onDidChangeList(() => {
        if (runs.get(folder) === undefined) resolve(undefined);
      }),
    );
  });
  return { run, dispose: () => listeners.forEach(one => void one.dispose()) };
}

/** Stops a run and waits until the engine has let go of it; undefined when it is not among the runs any more. */
export async function halt(
  runs: Source & { readonly stop: (folder: string, keep: boolean) => Promise<void> },
  folder: string,
): Promise<Run | undefined> {
  const ended = endOf(runs, folder);
  try {
    await runs.stop(folder, false);
    return await ended.run;
  } catch (error) {
    // It may have come to its end by itself.
    const run = runs.get(folder);
    if (run === undefined || isActive(run.state)) throw error;
    return run;
  } finally {
    ended.dispose();
  }
}
