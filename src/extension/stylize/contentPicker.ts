import * as path from 'node:path';
import * as vscode from 'vscode';
import { activeImage, browseImages, displayFolder, localPath, workspaceImages } from '../imageFiles';

type ContentItem = vscode.QuickPickItem & {
  readonly means: 'image' | 'browse' | 'sample';
  readonly file?: string;
};

const LIMIT = 500;

/** What is to be painted, where nothing was right-clicked. */
export type ContentChoice = { readonly files: readonly string[] } | 'sample';

/**
 * Asks for content images: the one in the active tab goes first, then those of the workspace, any file, or the
 * sample picture. Several can be ticked.
 */
export async function pickContents(title: string): Promise<ContentChoice | undefined> {
  const active = activeImage();
  const first = active?.scheme === 'file' ? [active.fsPath] : [];
  const others = (await workspaceImages(LIMIT)).filter(file => !first.includes(file));
  if (first.length + others.length === 0 && vscode.workspace.workspaceFolders === undefined)
    return pickWithoutWorkspace(title);
  const items: ContentItem[] = [
    ...[...first, ...others].map((file): ContentItem => ({
      means: 'image',
      file,
      label: path.basename(file),
      description: displayFolder(file),
      iconPath: new vscode.ThemeIcon('file-media'),
      picked: first.includes(file),
    })),
    browse(),
    sample(),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose the images to paint'),
    matchOnDescription: true,
    canPickMany: true,
  });
  return answer(chosen);
}

async function pickWithoutWorkspace(title: string): Promise<ContentChoice | undefined> {
  const chosen = await vscode.window.showQuickPick([browse(), sample()], {
    title,
    placeHolder: vscode.l10n.t('Choose the image to paint'),
  });
  return answer(chosen === undefined ? undefined : [chosen]);
}

async function answer(chosen: readonly ContentItem[] | undefined): Promise<ContentChoice | undefined> {
  if (chosen === undefined || chosen.length === 0) return undefined;
  const files = chosen.flatMap(({ file }) => (file === undefined ? [] : [file]));
  if (chosen.some(({ means }) => means === 'browse')) {
    const browsed = await browseImages({ title: vscode.l10n.t('Choose the images to paint'), many: true });
    files.push(...browsed);
  }
  if (files.length > 0) return { files };
  return chosen.some(({ means }) => means === 'sample') ? 'sample' : undefined;
}

function browse(): ContentItem {
  return { means: 'browse', label: `$(folder-opened) ${vscode.l10n.t('Browse…')}` };
}

function sample(): ContentItem {
  return { means: 'sample', label: `$(mortar-board) ${vscode.l10n.t('The sample picture')}` };
}

/** The images a command is about: what was selected in the explorer, else what it was invoked on. */
export function selectedImages(clicked?: unknown, selection?: unknown): readonly string[] {
  const uris = Array.isArray(selection) && selection.length > 0 ? selection : [clicked];
  return uris.filter(uri => uri instanceof vscode.Uri).map(localPath);
}
