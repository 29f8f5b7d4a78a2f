import * as vscode from 'vscode';
import { localPath } from '../imageFiles';
import type { Command } from '../registerCommands';
import { oneImage, type Clicked } from '../stylize/clickedImages';
import type { RecipeActions } from './recipeActions';
import type { SavedRecipe } from './recipeStore';
import type { RecipesTree } from './recipesTree';

/** Commands on recipe files: from the explorer and lenses with a URI, from the *Recipes* view with its item. */
export function recipeCommands(actions: RecipeActions, tree: RecipesTree): Readonly<Record<string, Command>> {
  const about =
    (act: (file: string) => Promise<void>): Command =>
    async (clicked: unknown) => {
      const file = recipeFile(clicked) ?? (await actions.choose());
      if (file !== undefined) await act(file);
    };
  return {
    runRecipe: about(file => actions.run(file)),
    runRecipeWith: about(file => actions.runWith(file)),
    deleteRecipe: about(file => actions.delete(file)),
    runAgain: async (...clicked: Clicked) => {
      const file = await oneImage(clicked, vscode.l10n.t('Choose a painting made by Atelier'));
      if (file !== undefined) await actions.runAgain(file);
    },
    newRecipe: () => actions.create(),
    refreshRecipes: () => {
      tree.refresh();
    },
  };
}

function recipeFile(clicked: unknown): string | undefined {
  if (clicked instanceof vscode.Uri) return localPath(clicked);
  if (typeof clicked === 'object' && clicked !== null && 'file' in clicked)
    return (clicked as SavedRecipe).file;
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && /\.atelier\.json$/i.test(document.fileName)
    ? document.fileName
    : undefined;
}
