import * as vscode from 'vscode';
import { localPath } from '../imageFiles';
import type { EngineOwner } from '../engine/engineOwner';
import type { ModelActions } from '../models/modelActions';
import type { RuntimeActions } from '../runtime/runtimeActions';
import type { RecipeActions } from '../recipes/recipeActions';
import type { RecipesTree } from '../recipes/recipesTree';
import type { SavedRecipe } from '../recipes/recipeStore';
import type { DeviceReportDocument } from '../report/deviceReport';
import type { Command } from './register';

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
    newRecipe: () => actions.create(),
    refreshRecipes: () => {
      tree.refresh();
    },
  };
}

/** Commands on the engine, its networks and the extension itself. */
export function engineCommands(
  engine: EngineOwner,
  models: ModelActions,
  runtime: RuntimeActions,
  report: DeviceReportDocument,
  log: vscode.LogOutputChannel,
): Readonly<Record<string, Command>> {
  return {
    chooseModel: () => models.choose(),
    downloadModel: () => models.download(),
    importModel: () => models.import(),
    installCudaRuntime: () => runtime.install(),
    removeCudaRuntime: () => runtime.remove(),
    deviceReport: () => report.show(),
    restartEngine: () => engine.restart(),
    showLog: () => {
      log.show();
    },
    manageTrust: () => vscode.commands.executeCommand('workbench.trust.manage'),
    settings: () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:atelier.atelier'),
    getStarted: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', 'atelier.atelier#start', false),
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
