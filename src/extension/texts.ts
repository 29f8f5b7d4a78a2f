import * as vscode from 'vscode';

/** A webview's texts in the language of the window. */
export function localized<Texts extends Readonly<Record<string, string>>>(
  texts: Texts,
): Readonly<Record<keyof Texts, string>> {
  const entries = Object.entries(texts).map(([key, text]) => [key, vscode.l10n.t(text)]);
  return Object.fromEntries(entries) as Record<keyof Texts, string>;
}
