import * as vscode from 'vscode';
import { studioTab } from '../studio/studioTab';

/**
 * Opens the photograph, so that the painting appears beside it, unless some editor shows it already. The studio is not
 * covered up.
 */
export async function showContent(file: string): Promise<void> {
  const studio = studioTab()?.group.viewColumn;
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
