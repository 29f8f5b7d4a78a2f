import * as vscode from 'vscode';
import { RECIPE_ENDING } from './recipeStore';

/** Where the lenses show. */
export const recipeDocuments: vscode.DocumentFilter = { scheme: 'file', pattern: `**/*${RECIPE_ENDING}` };

/** *Run* and *Run with…* above a recipe. */
export class RecipeLenses implements vscode.CodeLensProvider {
  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { line } = document.positionAt(Math.max(0, document.getText().indexOf('{')));
    const range = new vscode.Range(line, 0, line, 0);
    const lens = (title: string, command: string) =>
      new vscode.CodeLens(range, { title, command, arguments: [document.uri] });
    return [
      lens(`$(play) ${vscode.l10n.t('Run')}`, 'atelier.runRecipe'),
      lens(vscode.l10n.t('Run with…'), 'atelier.runRecipeWith'),
    ];
  }
}
