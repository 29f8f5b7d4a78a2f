import * as path from 'node:path';
import * as vscode from 'vscode';
import { workspaceImages } from '../imageFiles';
import type { SavedRecipe } from '../recipes/recipeStore';
import { imageRow } from './imageRow';
import { inStyleOrder } from './styleOrder';
import { swatches, swatchOf, type Swatch } from './swatches';

/** What choosing an item means. */
export type StyleItem = vscode.QuickPickItem &
  (
    | { readonly means: 'style'; readonly style: string }
    | { readonly means: 'recipe'; readonly recipe: string }
    | { readonly means: 'browse' }
    | { readonly means: 'heading' }
  );

/** Images of the workspace that are offered; a folder of thousands is what *Browse* is for. */
const WORKSPACE_LIMIT = 200;

/** Items that are there at once: the styles used last, then the other built-in ones. */
export async function immediateItems(recent: readonly string[]): Promise<readonly StyleItem[]> {
  const known = swatches();
  const remembered = await Promise.all(recent.map(style => recentItem(style)));
  return [
    ...section(
      vscode.l10n.t('Recent styles'),
      remembered.filter(item => item !== undefined),
    ),
    ...section(
      vscode.l10n.t('Built-in styles'),
      known.filter(({ style }) => !recent.includes(style)).map(swatchItem),
    ),
  ];
}

async function recentItem(style: string): Promise<StyleItem | undefined> {
  const swatch = swatchOf(style);
  return swatch === undefined ? await imageItem(style) : swatchItem(swatch);
}

function swatchItem({ style, file, title, description }: Swatch): StyleItem {
  return { means: 'style', style, label: title, description, iconPath: vscode.Uri.file(file) };
}

/** The images of the workspace, without those that are to be painted or stand in the list already. */
export async function workspaceItems(
  except: readonly string[],
  token: vscode.CancellationToken,
): Promise<readonly StyleItem[]> {
  const files = await workspaceImages(WORKSPACE_LIMIT, token);
  const offered = await inStyleOrder(files.filter(file => !except.includes(file)));
  const items = await Promise.all(offered.map(imageItem));
  return section(
    vscode.l10n.t('Images of the workspace'),
    items.filter(item => item !== undefined),
  );
}

/** Opens the system's dialog. */
export function browseItem(): StyleItem {
  return {
    means: 'browse',
    label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`,
    alwaysShow: true,
  };
}

/** An image file with its thumbnail, by its full name, as the explorer shows it; undefined when it is gone. */
async function imageItem(file: string): Promise<StyleItem | undefined> {
  const row = await imageRow(file);
  return row && { means: 'style', style: file, label: path.basename(file), ...row };
}

/** Recipes, which bring their own styles. */
export function recipeItems(recipes: readonly SavedRecipe[]): readonly StyleItem[] {
  return section(vscode.l10n.t('Recipes'), recipes.map(recipeItem));
}

function recipeItem({ file, title, detail }: SavedRecipe): StyleItem {
  return {
    means: 'recipe',
    recipe: file,
    label: title,
    description: detail,
    iconPath: new vscode.ThemeIcon('json'),
  };
}

function section(label: string, items: readonly StyleItem[]): readonly StyleItem[] {
  if (items.length === 0) return [];
  return [{ means: 'heading', label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}
