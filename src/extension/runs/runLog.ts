import type * as vscode from 'vscode';
import type { Runs } from './runs';
import { runTitle } from './runTitle';

/** Writes into the log when paintings begin, and how they end. */
export function logRuns(runs: Runs, log: vscode.LogOutputChannel): vscode.Disposable {
  return runs.onDidReceiveEvent(({ run, event }) => {
    const about = `${runTitle(run)} (${run.folder})`;
    const at = `at step ${run.state.step} of ${run.state.totalSteps}`;
    switch (event.event) {
      case 'started':
        return log.info(`Painting ${about} on ${event.deviceTitle}, from step ${event.resumedAtStep} on.`);
      case 'done':
        return log.info(`Painted ${about} in ${event.seconds.toFixed(1)} s: ${event.output}`);
      case 'stopped':
        return log.info(`Stopped ${about} ${at}.`);
      case 'interrupted':
        return log.warn(`Interrupted ${about} ${at}: ${event.error.message}`);
      case 'failed':
        return log.warn(`Failed ${about} ${at}: ${event.error.message}`);
      default:
    }
  });
}
