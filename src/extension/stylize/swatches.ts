import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { resourcePath } from '../../resources';

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

interface IndexEntry {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly description: string;
}

const PREFIX = 'swatch:';
let loaded: readonly Swatch[] | undefined;

/** The folder of the built-in styles. */
export function swatchFolder(): string {
  return resourcePath('media/swatches');
}

/** The styles that ship with Atelier, in the order to show them. Their index is read once. */
export function swatches(): readonly Swatch[] {
  const read = () =>
    JSON.parse(fs.readFileSync(resourcePath('media/swatches/index.json'), 'utf8')) as IndexEntry[];
  loaded ??= read().map(({ id, file, title, description }) => ({
    style: `${PREFIX}${id}`,
    file: resourcePath(`media/swatches/${file}`),
    title: vscode.l10n.t(title),
    description: vscode.l10n.t(description),
  }));
  return loaded;
}

/** The built-in style of this name (`swatch:ID`), if it is one. */
export function swatchOf(style: string): Swatch | undefined {
  return style.startsWith(PREFIX) ? swatches().find(swatch => swatch.style === style) : undefined;
}
