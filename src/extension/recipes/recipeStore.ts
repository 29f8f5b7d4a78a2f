import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { shownPath } from '../wording';
import { ownRecipesFolder } from './recipeTrust';
import type { Settings } from '../settings';

/** How recipe files end. */
export { RECIPE_ENDING } from './recipeEnding';
import { RECIPE_ENDING } from './recipeEnding';

/** A recipe file that can be chosen. */
export interface SavedRecipe {
  /** Absolute path. */
  readonly file: string;
  readonly title: string;
  /** Where it is, for people. */
  readonly detail: string;
  /** Lies in the workspace, not in the person's own folder. */
  readonly ofWorkspace: boolean;
}

const LIMIT = 200;

/** The recipes at hand: those of the workspace, unless it is not trusted, and the person's own. */
export class RecipeStore {
  constructor(private readonly settings: Settings) {}

  /** The folder of the person's own recipes. */
  get ownFolder(): string {
    return ownRecipesFolder(this.settings.storage);
  }

  async list(token?: vscode.CancellationToken): Promise<readonly SavedRecipe[]> {
    const ofWorkspace = vscode.workspace.isTrusted ? await this.workspaceRecipes(token) : [];
    return [...ofWorkspace, ...(await this.ownRecipes())];
  }

  private async workspaceRecipes(token?: vscode.CancellationToken): Promise<readonly SavedRecipe[]> {
    const found = await vscode.workspace.findFiles(
      `**/*${RECIPE_ENDING}`,
      '**/node_modules/**',
      LIMIT,
      token,
    );
    const files = found.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
    return Promise.all(
      files.sort().map(async file => ({
        file,
        title: await titleOf(file),
        detail: shownPath(file),
        ofWorkspace: true,
      })),
    );
  }

  private async ownRecipes(): Promise<readonly SavedRecipe[]> {
    const names = await fs.readdir(this.ownFolder).catch(() => []);
    const files = names.filter(name => name.endsWith(RECIPE_ENDING)).sort();
    return Promise.all(
      files.map(async name => ({
        file: path.join(this.ownFolder, name),
        title: await titleOf(path.join(this.ownFolder, name)),
        detail: vscode.l10n.t('Your recipe'),
        ofWorkspace: false,
      })),
    );
  }
}

/** The recipe's own name, or its file's; the recipe need not be valid for that. */
async function titleOf(file: string): Promise<string> {
  try {
    const { parse } = await import('jsonc-parser');
    const recipe = parse(await fs.readFile(file, 'utf8')) as { readonly name?: unknown } | undefined;
    const name = recipe?.name;
    if (typeof name === 'string' && name.trim() !== '') return name;
  } catch {
    // It says what is wrong when it is run.
  }
  return path.basename(file, RECIPE_ENDING);
}
