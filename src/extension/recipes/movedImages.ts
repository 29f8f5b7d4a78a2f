import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Recipe } from '../../recipe/recipe';
import { imagesOf, mapFiles } from '../../recipe/recipePaths';
import { browseImages, displayFolder, workspaceImages } from '../imageFiles';
import { shownPath } from '../wording';

const LIMIT = 500;

/**
 * The recipes with their images where they are now: those that are not where a recipe says are asked for, each once.
 * Undefined when the person gives up.
 */
export async function locateImages(recipes: readonly Recipe[]): Promise<readonly Recipe[] | undefined> {
  const places = new Map<string, string>();
  for (const file of new Set(recipes.flatMap(imagesOf))) {
    if (await exists(file)) continue;
    const place = await askPlace(file);
    if (place === undefined) return undefined;
    places.set(file, place);
  }
  return recipes.map(recipe => mapFiles(recipe, ({ file }) => places.get(file) ?? file));
}

/** Asks where an image is now: those of its name go first. */
async function askPlace(file: string): Promise<string | undefined> {
  const name = path.basename(file);
  const isNamesake = (other: string) => path.basename(other).toLowerCase() === name.toLowerCase();
  const images = await workspaceImages(LIMIT);
  const sorted = [...images.filter(isNamesake), ...images.filter(image => !isNamesake(image))];
  const browse = { label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, image: undefined };
  const items = sorted.map(image => ({
    label: path.basename(image),
    description: displayFolder(image),
    iconPath: new vscode.ThemeIcon('file-media'),
    image,
  }));
  const chosen = await vscode.window.showQuickPick([...items, browse], {
    title: vscode.l10n.t('Where is {0} now?', name),
    placeHolder: vscode.l10n.t('The recipe needs {0}, which does not exist', shownPath(file)),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return undefined;
  if (chosen.image !== undefined) return chosen.image;
  const [browsed] = await browseImages({ title: vscode.l10n.t('Where is {0} now?', name), many: false });
  return browsed;
}

function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
