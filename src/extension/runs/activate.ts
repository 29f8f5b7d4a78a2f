import * as vscode from 'vscode';
import { showError } from '../problems';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { folderOnShow, isInSight } from '../studio/studioTab';
import { Endings } from './endings';
import { careForInterrupted } from './interrupted';
import { pruneByLimits } from './pruning';
import { runCommands } from './runCommands';
import { logRuns } from './runLog';
import { RunContexts } from './runContexts';
import { RunsTree } from './runsTree';

/** Old runs are looked for when the window has been quiet for a while, in milliseconds. */
const PRUNE_AFTER = 60_000;

/** The *Runs* view, what people do with runs, and what becomes of interrupted and of old ones. */
export function activate({ runs, actions, previews, memory, settings, log }: Services): vscode.Disposable {
  const pruning = setTimeout(() => {
    pruneByLimits(settings, runs, previews).catch((error: unknown) => {
      log.warn('Old runs could not be deleted.', error);
    });
  }, PRUNE_AFTER);
  careForInterrupted(
    runs,
    settings,
    run => folderOnShow(memory) === run.folder,
    run => actions.resume(run),
  ).catch((error: unknown) => showError(error, log));
  const tree = new RunsTree(runs, log);
  return vscode.Disposable.from(
    tree,
    new RunContexts(runs),
    new Endings(runs, actions, settings, run => isInSight(run.folder, memory), log),
    logRuns(runs, log),
    registerCommands(runCommands({ runs, actions, memory, settings, tree }), log),
    new vscode.Disposable(() => {
      clearTimeout(pruning);
    }),
  );
}
