import * as vscode from 'vscode';
import { engineCommands, recipeCommands } from './commands/engineCommands';
import { figureCommands } from './commands/figureCommands';
import { imageCommands } from './commands/imageCommands';
import { registerCommands } from './commands/register';
import { runCommands } from './commands/runCommands';
import { EngineOwner } from './engine/engineOwner';
import { FigureFlow } from './figures/figureFlow';
import { FigurePanels } from './figures/figurePanels';
import { handleFigureRequest } from './figures/figureRequests';
import { Figures } from './figures/figures';
import { ImageEditorProvider } from './imageEditor/imageEditorProvider';
import { ModelActions } from './models/modelActions';
import { RuntimeActions } from './runtime/runtimeActions';
import { Previews } from './previews';
import { showError, warnOfSetting } from './problems';
import { RecipeActions } from './recipes/recipeActions';
import { RecipeCompletions } from './recipes/recipeCompletions';
import { recipeDocuments, RecipeLenses } from './recipes/recipeLenses';
import { RecipeStore } from './recipes/recipeStore';
import { RecipesTree } from './recipes/recipesTree';
import { RecipeTasks } from './recipes/recipeTasks';
import { DeviceReportDocument } from './report/deviceReport';
import { careForInterrupted } from './runs/interrupted';
import { pruneByLimits } from './runs/pruning';
import { RunActions } from './runs/runActions';
import { Runs } from './runs/runs';
import { RunsTree } from './runs/runsTree';
import { Settings } from './settings';
import { StatusBar } from './statusBar';
import { Studio } from './studio/studio';
import { handleStudioRequest } from './studio/studioRequests';
import { ChosenImages } from './stylize/chosenImages';
import { RecentStyles } from './stylize/recentStyles';
import { StylizeFlow } from './stylize/stylizeFlow';

/** Old runs are looked for when the window has been quiet for a while, in milliseconds. */
const PRUNE_AFTER = 60_000;

let engine: EngineOwner | undefined;

/** Wires the rooms together. Nothing is read, started or loaded before it is needed. */
export function activate(context: vscode.ExtensionContext): void {
  const began = performance.now();
  const log = vscode.window.createOutputChannel('Atelier', { log: true });
  const manifest: unknown = context.extension.packageJSON;
  const settings = new Settings(context.globalStorageUri.fsPath, manifest, (name, value) => {
    warnOfSetting(name, value, log);
  });
  const owner = new EngineOwner(settings, log);
  engine = owner;
  const runs = new Runs(owner, settings);
  const previews = new Previews(owner, settings);
  const recent = new RecentStyles(context.globalState);
  const store = new RecipeStore(settings);
  const services = { extension: context.extensionUri, runs, previews, log, settings, recent, engine: owner };
  const studio: Studio = new Studio(
    {
      ...services,
      handle: (request, shown) =>
        handleStudioRequest(request, shown, { runs, actions, flow, recent, settings }),
    },
    context.workspaceState,
  );
  const flow = new StylizeFlow(owner, runs, studio, settings, recent, store);
  const actions: RunActions = new RunActions(runs, studio, owner, previews, store, settings);
  const figures = new Figures(owner, settings);
  const panels = new FigurePanels(
    {
      ...{ extension: context.extensionUri, figures, previews, log },
      handle: (request, figure) =>
        handleFigureRequest(request, figure, {
          ...{ figures, engine: owner, flow, settings },
          otherStarts: grid => figureFlow.otherStarts(grid),
        }),
    },
    settings,
  );
  const figureFlow: FigureFlow = new FigureFlow(owner, figures, panels, flow, recent, settings);
  const recipes = new RecipeActions(flow, store, settings);
  const recipesTree = new RecipesTree(store, settings);
  const report = new DeviceReportDocument(owner, settings);
  const editors = new ImageEditorProvider({ ...services, studio, flow });
  const pruning = setTimeout(() => {
    pruneByLimits(settings, runs, previews).catch((error: unknown) => {
      log.warn('Old runs could not be deleted.', error);
    });
  }, PRUNE_AFTER);
  context.subscriptions.push(
    log,
    owner,
    runs,
    studio,
    figures,
    panels,
    recipesTree,
    report,
    new RunsTree(runs),
    new StatusBar(runs, figures, owner),
    registerCommands(
      {
        ...imageCommands(flow, new ChosenImages(context.workspaceState), recipes, editors),
        ...figureCommands(figureFlow, figures, panels, runs),
        ...runCommands(runs, actions, studio, settings),
        ...recipeCommands(recipes, recipesTree),
        ...engineCommands(
          owner,
          new ModelActions(owner, settings),
          new RuntimeActions(owner, settings),
          report,
          log,
        ),
      },
      log,
    ),
    vscode.window.registerCustomEditorProvider(ImageEditorProvider.viewType, editors, {
      supportsMultipleEditorsPerDocument: true,
    }),
    vscode.languages.registerCodeLensProvider(recipeDocuments, new RecipeLenses()),
    vscode.languages.registerCompletionItemProvider(
      recipeDocuments,
      new RecipeCompletions(owner),
      ...RecipeCompletions.triggers,
    ),
    vscode.tasks.registerTaskProvider(RecipeTasks.type, new RecipeTasks(store, settings)),
    new vscode.Disposable(() => {
      clearTimeout(pruning);
    }),
  );
  careForInterrupted(
    runs,
    settings,
    run => studio.shows(run),
    run => actions.resume(run),
  ).catch((error: unknown) => showError(error, log));
  log.info(`Activated in ${(performance.now() - began).toFixed(1)} ms.`);
}

/** The window closes: the running job writes its checkpoint, and the engine goes. */
export async function deactivate(): Promise<void> {
  await engine?.close();
}
