import * as vscode from 'vscode';
import { showError } from './problems';

/** What a command does; what it throws is shown to the person. */
// oxlint-disable-next-line typescript/no-explicit-any -- VS Code passes whatever the menu has
export type Command = (...given: any[]) => unknown;

/** Registers commands by the part of their name behind `atelier.`. */
export function registerCommands(
  commands: Readonly<Record<string, Command>>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, command]) =>
    vscode.commands.registerCommand(`atelier.${name}`, async (...given: unknown[]) => {
      try {
        await command(...given);
      } catch (error) {
        await showError(error, log);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
