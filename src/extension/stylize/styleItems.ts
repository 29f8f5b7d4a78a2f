import { promises as fs } from 'node:fs';
import * as vscode from 'vscode';
import { displayFolder, workspaceImages } from '../imageFiles';
import type { ShelvedRecipe } from '../recipes/recipeShelf';
import { styleFile, styleName } from './styleName';
import { swatches, swatchOf } from './swatches';

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
/** Larger files are listed with an icon: the window would have to decode all of them for a thumbnail. */
const THUMBNAIL_BYTES = 3 * 2 ** 20;
/** Formats that the window itself can draw. */
const DRAWABLE = /\.(png|jpe?g|webp|gif|bmp)$/i;

/** Items that are there at once: recent styles and built-in ones. */
export async function immediateItems(recent: readonly string[]): Promise<readonly StyleItem[]> {
  const remembered = await Promise.all(recent.filter(style => !swatchOf(style)).map(imageItem));
  const builtIn = swatches().map(({ style, file, title, description }): StyleItem => ({
    means: 'style',
    style,
    label: title,
    description,
    iconPath: vscode.Uri.file(file),
  }));
  return [
    ...section(
      vscode.l10n.t('Recent styles'),
      remembered.filter(item => item !== undefined),
    ),
    ...section(vscode.l10n.t('Built-in styles'), builtIn),
  ];
}

/** The images of the workspace, without those to be painted. */
export async function workspaceItems(
  except: readonly string[],
  token: vscode.CancellationToken,
): Promise<readonly StyleItem[]> {
  const files = await workspaceImages(WORKSPACE_LIMIT, token);
  const items = await Promise.all(files.filter(file => !except.includes(file)).map(imageItem));
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

/** An image file with its thumbnail; undefined when it is gone. */
async function imageItem(file: string): Promise<StyleItem | undefined> {
  const stat = await fs.stat(styleFile(file)).catch(() => undefined);
  if (stat === undefined) return undefined;
  const small = stat.size <= THUMBNAIL_BYTES && DRAWABLE.test(file);
  return {
    means: 'style',
    style: file,
    label: styleName(file),
    description: displayFolder(file),
    iconPath: small ? vscode.Uri.file(file) : new vscode.ThemeIcon('file-media'),
  };
}

/** Recipes, which bring their own styles. */
export function recipeItems(recipes: readonly ShelvedRecipe[]): readonly StyleItem[] {
  return section(vscode.l10n.t('Recipes'), recipes.map(recipeItem));
}

function recipeItem({ file, title, detail }: ShelvedRecipe): StyleItem {
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
