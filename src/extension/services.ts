import * as vscode from 'vscode';
import { EngineOwner } from './engine/engineOwner';
import { Figures } from './figures/figures';
import { Previews } from './previews';
import { warnOfSetting } from './problems';
import { RecipeStore } from './recipes/recipeStore';
import { Discarding } from './runs/discarding';
import { RunActions } from './runs/runActions';
import { Runs } from './runs/runs';
import { Settings } from './settings';
import { RecentStyles } from './stylize/recentStyles';
import { StylePage } from './stylize/stylePage';
import { StylizeFlow } from './stylize/stylizeFlow';

/** What the features share. They know nothing of each other: what one wants of another goes through an event here. */
export interface Services {
  /** Where the extension is installed. */
  readonly extension: vscode.Uri;
  /** Remembered with the workspace. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly settings: Settings;
  readonly engine: EngineOwner;
  readonly runs: Runs;
  readonly figures: Figures;
  readonly previews: Previews;
  readonly recent: RecentStyles;
  readonly recipes: RecipeStore;
  readonly flow: StylizeFlow;
  readonly actions: RunActions;
}

/** Makes the services. Nothing is read, started or loaded before it is needed; the context disposes of them. */
export function createServices(context: vscode.ExtensionContext): Services {
  const log = vscode.window.createOutputChannel('Atelier', { log: true });
  const manifest: unknown = context.extension.packageJSON;
  const settings = new Settings(context.globalStorageUri.fsPath, manifest, (name, value) => {
    warnOfSetting(name, value, log);
  });
  const engine = new EngineOwner(settings, log);
  const runs = new Runs(engine, settings);
  const figures = new Figures(engine, settings);
  const previews = new Previews(engine, settings);
  const recent = new RecentStyles(context.globalState);
  const recipes = new RecipeStore(settings);
  const page = new StylePage({ extension: context.extensionUri, log, previews });
  context.subscriptions.push(log, engine, runs, figures, page);
  return {
    ...{ extension: context.extensionUri, memory: context.workspaceState, log, settings },
    ...{ engine, runs, figures, previews, recent, recipes },
    flow: new StylizeFlow(engine, runs, settings, recent, recipes, page),
    actions: new RunActions(runs, engine, previews, recipes, settings, new Discarding(runs, log)),
  };
}
