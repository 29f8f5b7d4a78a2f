import * as path from 'node:path';
import * as vscode from 'vscode';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { shownPath } from './wording';

/** Formats that the engine reads, by file ending; the manifest's menus and editors name the same ones. */
const IMAGE_EXTENSIONS = ['png', 'jpg', 'jpeg', 'webp', 'avif', 'gif', 'bmp', 'tif', 'tiff'] as const;

const extensions: ReadonlySet<string> = new Set(IMAGE_EXTENSIONS);

/** Whether the file's name ends like an image's. */
export function isImageFile(file: string): boolean {
  return extensions.has(path.extname(file).slice(1).toLowerCase());
}

/** The path of a file on this machine. Throws `file-unreadable` for files of a virtual workspace. */
export function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new AtelierError(
    'file-unreadable',
    msg`${uri.toString(true)} is not a file on the machine where Atelier runs.`,
    { next: msg`Save a copy on disk and use that.` },
  );
}

/** The image in the active tab, whichever editor shows it. */
export function activeImage(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return shown && isImageFile(input.uri.path) ? input.uri : undefined;
}

/** The folder of a file as people read it; empty for a folder of the workspace itself. */
export function displayFolder(file: string): string {
  const folder = path.dirname(file);
  const isRoot = vscode.workspace.workspaceFolders?.some(({ uri }) => uri.fsPath === folder) ?? false;
  return isRoot ? '' : shownPath(folder);
}

/** A glob for a word however it is written: patterns tell upper case from lower. */
function inAnyCase(word: string): string {
  return [...word].map(letter => `[${letter}${letter.toUpperCase()}]`).join('');
}

/** Images of the workspace, at most `limit`; none without a folder. Dependencies and build folders are left out. */
export async function workspaceImages(
  limit: number,
  token?: vscode.CancellationToken,
): Promise<readonly string[]> {
  const pattern = `**/*.{${IMAGE_EXTENSIONS.map(inAnyCase).join(',')}}`;
  const found = await vscode.workspace.findFiles(
    pattern,
    '**/{node_modules,.git,dist,out,build}/**',
    limit,
    token,
  );
  return found.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
}

/** Asks for images with the system's dialog. */
export async function browseImages(options: {
  title: string;
  many: boolean;
  beside?: string;
}): Promise<readonly string[]> {
  const chosen = await vscode.window.showOpenDialog({
    title: options.title,
    canSelectMany: options.many,
    filters: { [vscode.l10n.t('Images')]: [...IMAGE_EXTENSIONS] },
    ...(options.beside === undefined ? {} : { defaultUri: vscode.Uri.file(path.dirname(options.beside)) }),
  });
  return (chosen ?? []).map(localPath);
}
