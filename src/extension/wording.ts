import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { partsOfTitle } from '../common/deviceTitle';
import type { Explanation } from '../common/errors';
import { formatMessage, type Message } from '../common/messages';
import { adviceInVsCode } from './advice';

/** A message of the engine in the language of the window, its numbers and paths as people expect them there. */
export function localize(message: Message): string {
  return formatMessage(message, {
    template: text => vscode.l10n.t(adviceInVsCode(text)),
    value: value => (typeof value === 'number' ? formatNumber(value) : shownPath(value)),
  });
}

/** What is wrong and what to do next, one after the other. */
export function localizeAll({ message, next }: Explanation): string {
  return next === undefined ? localize(message) : `${localize(message)} ${localize(next)}`;
}

/** A number with the separators of the window's language. */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(vscode.env.language, options).format(value);
}

/** A device by its title, its threads in the language of the window: "CPU, 2 threads". */
export function shownDevice(title: string): string {
  const { name, threads } = partsOfTitle(title);
  if (threads === undefined) return name;
  return threads === 1
    ? vscode.l10n.t('{0}, 1 thread', name)
    : vscode.l10n.t('{0}, {1} threads', name, formatNumber(threads));
}

/**
 * An absolute path as people know the place: within the workspace from its folder on, of Atelier's own storage the
 * name, else from the home folder on. Any other text stays as it is.
 */
export function shownPath(text: string): string {
  if (!path.isAbsolute(text)) return text;
  const relative = vscode.workspace.asRelativePath(text);
  if (relative !== text) return relative;
  if (text.split(path.sep).includes('globalStorage')) return path.basename(text);
  const home = os.homedir();
  return text.startsWith(home + path.sep) ? `~${text.slice(home.length)}` : text;
}
