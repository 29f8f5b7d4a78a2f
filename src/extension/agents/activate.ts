import * as vscode from 'vscode';
import type { Services } from '../services';
import { registerLanguageModelTools } from './languageModelTools';
import { registerLinks } from './links';
import { watchForNewRuns } from './newRuns';
import { registerServer } from './serverProvider';
import { WindowPainters } from './windowPainters';

/** What agents and other programs have of this window. Editors that are made from VS Code may lack a part of it. */
export function activate(services: Services): vscode.Disposable {
  const lm: Partial<typeof vscode.lm> = (vscode as Partial<typeof vscode>).lm ?? {};
  return vscode.Disposable.from(
    registerLinks(services),
    watchForNewRuns(services),
    ...(lm.registerTool === undefined ? [] : [registerLanguageModelTools(new WindowPainters(services))]),
    ...(lm.registerMcpServerDefinitionProvider === undefined ? [] : [registerServer(services.settings)]),
  );
}
