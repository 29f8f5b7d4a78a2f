import { promises as fs } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Settings } from '../settings';

/** A place for a file of this name beside the content image, or where people keep theirs when that is our own copy of the sample. */
export function suggestBeside(content: string, name: string, { storage }: Settings): vscode.Uri {
  const { dir } = path.parse(content);
  const isOurs = !path.relative(storage, dir).startsWith('..');
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.Uri.file(path.join(isOurs ? (folder?.uri.fsPath ?? os.homedir()) : dir, name));
}

/** Copies a file so that it is seen whole or not at all. */
export async function copyWhole(from: string, to: string): Promise<void> {
  const unfinished = path.join(path.dirname(to), `.${path.basename(to)}.part`);
  await fs.copyFile(from, unfinished);
  await fs.rename(unfinished, to);
}

/** Opens a page in a browser where files can be opened from here; elsewhere it is shown as it is. */
export async function openPage(file: vscode.Uri): Promise<void> {
  if (isOnThisDesktop()) await vscode.env.openExternal(file);
  else await vscode.commands.executeCommand('vscode.open', file);
}

/** Shows a file in the explorer, or in the system's file browser; opens it where neither can show it. */
export async function revealFile(file: string): Promise<void> {
  const uri = vscode.Uri.file(file);
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined)
    await vscode.commands.executeCommand('revealInExplorer', uri);
  // The system's file browser is on the person's machine, the file may not be.
  else if (isOnThisDesktop()) await vscode.commands.executeCommand('revealFileInOS', uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}

function isOnThisDesktop(): boolean {
  return vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
}
