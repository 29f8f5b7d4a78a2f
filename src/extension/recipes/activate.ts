import * as vscode from 'vscode';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { RecipeActions } from './recipeActions';
import { recipeCommands } from './recipeCommands';
import { RecipeCompletions } from './recipeCompletions';
import { recipeDocuments, RecipeLenses } from './recipeLenses';
import { RecipesTree } from './recipesTree';
import { RecipeTasks } from './recipeTasks';

/** Recipes as files: their view, their editor, and tasks that run them. */
export function activate({ engine, flow, recipes, settings, log }: Services): vscode.Disposable {
  const tree = new RecipesTree(recipes, settings);
  return vscode.Disposable.from(
    tree,
    registerCommands(recipeCommands(new RecipeActions(flow, recipes, settings), tree), log),
    vscode.languages.registerCodeLensProvider(recipeDocuments, new RecipeLenses()),
    vscode.languages.registerCompletionItemProvider(
      recipeDocuments,
      new RecipeCompletions(engine),
      ...RecipeCompletions.triggers,
    ),
    vscode.tasks.registerTaskProvider(RecipeTasks.type, new RecipeTasks(recipes, settings)),
  );
}
