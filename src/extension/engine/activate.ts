import * as vscode from 'vscode';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';

/** The engine of this window, its log, and where people are led when something is wrong. */
export function activate({ engine, log }: Services): vscode.Disposable {
  const execute = (command: string, ...given: unknown[]) => vscode.commands.executeCommand(command, ...given);
  return registerCommands(
    {
      restartEngine: () => engine.restart(),
      showLog: () => {
        log.show();
      },
      manageTrust: () => execute('workbench.trust.manage'),
      settings: () => execute('workbench.action.openSettings', '@ext:atelier.atelier'),
      getStarted: () => execute('workbench.action.openWalkthrough', 'atelier.atelier#start', false),
    },
    log,
  );
}
