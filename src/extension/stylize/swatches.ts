import * as path from 'node:path';
import * as vscode from 'vscode';
import { listSwatches, SWATCH_PREFIX } from '../../recipe/swatches';
import { resourcePath } from '../../common/resources';

/** A built-in style image. */
export interface Swatch {
  /** As recipes name it: `swatch:ID`. */
  readonly style: string;
  /** Absolute path. */
  readonly file: string;
  /** In the language of the window. */
  readonly title: string;
  readonly description: string;
}

let loaded: readonly Swatch[] | undefined;

/** The folder of the built-in styles. */
export function swatchFolder(): string {
  return path.resolve(resourcePath('media/swatches'));
}

/** The styles that ship with Atelier, in the order to show them. Their index is read once. */
export function swatches(): readonly Swatch[] {
  loaded ??= listSwatches().map(({ id, file, title, description }) => ({
    style: `${SWATCH_PREFIX}${id}`,
    file,
    title: vscode.l10n.t(title),
    description: vscode.l10n.t(description),
  }));
  return loaded;
}

/** The built-in style of this name (`swatch:ID`), if it is one. */
export function swatchOf(style: string): Swatch | undefined {
  return style.startsWith(SWATCH_PREFIX) ? swatches().find(swatch => swatch.style === style) : undefined;
}
