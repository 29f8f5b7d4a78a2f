import * as vscode from 'vscode';

/**
 * Opens the photograph, so that the painting appears beside it, unless some editor shows it already.
 * @param studio the column of the studio, which is not covered up; undefined while it is closed
 */
export async function showContent(file: string, studio: vscode.ViewColumn | undefined): Promise<void> {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  if (all.some(({ activeTab }) => fileOf(activeTab) === file)) return;
  const group = studio === undefined ? activeTabGroup : all.find(({ viewColumn }) => viewColumn !== studio);
  const column = group?.viewColumn;
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
