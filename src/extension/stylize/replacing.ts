import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Recipe } from '../../recipe/recipe';

/**
 * Asks once about all files that the recipes would replace and that Atelier did not paint.
 * @returns whether they may be replaced; paintings that may not take the next free names. Undefined when the person
 * gives up
 * @throws the errors of `checkOutput`
 */
export async function askToReplace(recipes: readonly Recipe[]): Promise<boolean | undefined> {
  const { checkOutput, foreignOutput } = await import('../deferred');
  // A picture that a recipe is made from is not one to ask about.
  for (const recipe of recipes) checkOutput(recipe);
  const outputs = await Promise.all(recipes.map(foreignOutput));
  const files = [...new Set(outputs.filter(file => file !== undefined))];
  const [first] = files;
  if (first === undefined) return false;
  const replace = vscode.l10n.t('Replace');
  const keep = vscode.l10n.t('Keep Both');
  const question =
    files.length === 1
      ? vscode.l10n.t('Replace {0}?', path.basename(first))
      : vscode.l10n.t('Replace {0} files?', files.length);
  const detail = vscode.l10n.t('Atelier did not paint this file: {0}', files.join('\n'));
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, replace, keep);
  return answer === undefined ? undefined : answer === replace;
}
