import type * as vscode from 'vscode';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { ModelActions } from './modelActions';

/** Networks: choosing, downloading and importing them. */
export function activate({ engine, settings, log }: Services): vscode.Disposable {
  const models = new ModelActions(engine, settings);
  return registerCommands(
    {
      chooseModel: () => models.choose(),
      downloadModel: () => models.download(),
      importModel: () => models.import(),
    },
    log,
  );
}
