import * as vscode from 'vscode';

/**
 * Opens the photograph, so that the painting appears beside it, unless some editor shows it already.
 * @param studio the column of the studio, which is not covered up; undefined while it is closed
 */
export async function showContent(file: string, studio: vscode.ViewColumn | undefined): Promise<void> {
  const groups = vscode.window.tabGroups.all;
  if (groups.some(({ activeTab }) => fileOf(activeTab) === file)) return;
  const column =
    studio === undefined
      ? vscode.ViewColumn.Active
      : groups.find(({ viewColumn }) => viewColumn !== studio)?.viewColumn;
  if (column === undefined) return;
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'atelier.imageEditor', {
    viewColumn: column,
    preserveFocus: true,
    preview: true,
  });
}

function fileOf(tab: vscode.Tab | undefined): string | undefined {
  const input = tab?.input;
  const named = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return named ? input.uri.fsPath : undefined;
}
