import { promises as fs } from 'node:fs';
import * as vscode from 'vscode';
import { displayFolder } from '../imageFiles';

/** Larger files are listed with an icon: the window would have to decode all of them for a thumbnail. */
const THUMBNAIL_BYTES = 3 * 2 ** 20;
/** Formats that the window itself can draw. */
const DRAWABLE = /\.(png|jpe?g|webp|gif|bmp)$/i;

/** How an image looks in a list. */
export interface ImageRow {
  readonly description: string;
  readonly iconPath: vscode.Uri | vscode.ThemeIcon;
}

/** Folder and thumbnail of an image file; undefined when it is gone. */
export async function imageRow(file: string): Promise<ImageRow | undefined> {
  const stat = await fs.stat(file).catch(() => undefined);
  if (stat === undefined) return undefined;
  const isSmall = stat.size <= THUMBNAIL_BYTES && DRAWABLE.test(file);
  return {
    description: displayFolder(file),
    iconPath: isSmall ? vscode.Uri.file(file) : new vscode.ThemeIcon('file-media'),
  };
}
