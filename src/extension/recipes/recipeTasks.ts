import * as path from 'node:path';
import * as vscode from 'vscode';
import { resourcePath } from '../../common/resources';
import type { Settings } from '../settings';
import { RECIPE_ENDING, type RecipeStore } from './recipeStore';

/** A task of `tasks.json`: `{ "type": "atelier", "recipe": "painting.atelier.json" }`. */
interface RecipeTask extends vscode.TaskDefinition {
  readonly recipe: string;
  readonly content?: string;
  readonly output?: string;
}

function isRecipeTask(definition: vscode.TaskDefinition): definition is RecipeTask {
  const text = (value: unknown) => typeof value === 'string' && value !== '';
  const { recipe, content, output } = definition as Partial<Record<string, unknown>>;
  return text(recipe) && (content === undefined || text(content)) && (output === undefined || text(output));
}

/** Recipes of the workspace as tasks: the command line runs them in a terminal, with its progress bar. */
export class RecipeTasks implements vscode.TaskProvider {
  static readonly type = 'atelier';

  constructor(
    private readonly store: RecipeStore,
    private readonly settings: Settings,
  ) {}

  async provideTasks(token: vscode.CancellationToken): Promise<vscode.Task[]> {
    const recipes = await this.store.list(token);
    return recipes.flatMap(({ file, title, ofWorkspace }) => {
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
      if (!ofWorkspace || folder === undefined) return [];
      const recipe = path.relative(folder.uri.fsPath, file).replaceAll(path.sep, '/');
      return [this.task({ type: RecipeTasks.type, recipe }, folder, title)];
    });
  }

  /** Fills in what a task of `tasks.json` runs. VS Code runs none in a workspace that is not trusted. */
  resolveTask({ definition, scope }: vscode.Task): vscode.Task | undefined {
    if (!isRecipeTask(definition)) return undefined;
    const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
    return folder && this.task(definition, folder, path.basename(definition.recipe, RECIPE_ENDING));
  }

  private task(definition: RecipeTask, folder: vscode.WorkspaceFolder, name: string): vscode.Task {
    const { recipe, content, output } = definition;
    const { device, threads, storage, tensorflow } = this.settings.engine;
    // Paths are relative to the folder, in which the process runs; VS Code puts in its variables.
    const execution = new vscode.ProcessExecution(
      this.settings.node ?? process.execPath,
      [
        resourcePath('dist/cli.js'),
        'stylize',
        ...(content === undefined ? [] : [content]),
        ...['--recipe', recipe],
        ...(output === undefined ? [] : ['--output', output]),
        ...['--device', device, '--threads', String(threads)],
        ...(tensorflow === undefined ? [] : ['--tensorflow', tensorflow]),
      ],
      { cwd: folder.uri.fsPath, env: { ELECTRON_RUN_AS_NODE: '1', ATELIER_STORAGE: storage } },
    );
    const task = new vscode.Task(definition, folder, name, RecipeTasks.type, execution);
    task.detail = recipe;
    return task;
  }
}
