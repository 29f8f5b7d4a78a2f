import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Recipe } from '../../recipe/recipe';
import { locateImages } from './movedImages';
import { tellRemark } from './remark';
import { RECIPE_ENDING, type RecipeStore } from './recipeStore';
import { writeRecipe } from './writeRecipe';
import type { Settings } from '../settings';
import { checkTrust, recipeFrom } from '../stylize/plan';
import type { StylizeFlow } from '../stylize/stylizeFlow';

/** What people do with recipe files, and with the recipe inside a painting. */
export class RecipeActions {
  constructor(
    private readonly flow: StylizeFlow,
    private readonly store: RecipeStore,
    private readonly settings: Settings,
  ) {}

  /** Runs a recipe as it is; asks for images where it names none. */
  async run(file: string): Promise<void> {
    checkTrust(file, this.settings);
    await saveOpenDocument(file);
    const { readRecipeFile } = await import('../deferred');
    const { content, styles } = readRecipeFile(file);
    if (content === undefined) return this.runWith(file);
    const chosen = styles === undefined ? await this.flow.askOneStyle(content) : [];
    if (chosen === undefined) return;
    const other = styles === undefined ? { styles: chosen } : {};
    await this.paint([await recipeFrom(file, this.settings, other)]);
  }

  /** Runs a recipe for other images. */
  async runWith(file: string): Promise<void> {
    checkTrust(file, this.settings);
    await saveOpenDocument(file);
    const { readRecipeFile } = await import('../deferred');
    const { styles } = readRecipeFile(file);
    const title = vscode.l10n.t('Run {0} with', path.basename(file, RECIPE_ENDING));
    const images = await this.flow.askContents(title);
    const [first] = images;
    if (first === undefined) return;
    const chosen = styles === undefined ? await this.flow.askOneStyle(first) : undefined;
    if (styles === undefined && chosen === undefined) return;
    const other = chosen === undefined ? {} : { styles: chosen };
    const contents = await this.flow.settle(images);
    const recipes = contents.map(content => recipeFrom(file, this.settings, { content, ...other }));
    await this.paint(await Promise.all(recipes));
  }

  /** Asks which recipe is meant, where none was clicked. */
  async choose(): Promise<string | undefined> {
    const recipes = await this.store.list();
    if (recipes.length === 0) {
      const create = vscode.l10n.t('New Recipe…');
      const pressed = await vscode.window.showInformationMessage(
        vscode.l10n.t('There are no recipes here yet.'),
        create,
      );
      if (pressed === create) await vscode.commands.executeCommand('atelier.newRecipe');
      return undefined;
    }
    const items = recipes.map(({ file, title, detail }) => ({ label: title, description: detail, file }));
    return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose a recipe') }))?.file;
  }

  /** *Run Again from Its Recipe*: a painting that carries its recipe is painted again. */
  async runAgain(image: string): Promise<void> {
    checkTrust(image, this.settings);
    const { readCarriedRecipe } = await import('../deferred');
    const { recipe, remark } = await readCarriedRecipe(image);
    tellRemark(remark);
    await this.paint([recipe]);
  }

  /** Deletes a recipe of the person's own, after a question; where there is a trash, it goes there. */
  async delete(file: string): Promise<void> {
    const agree = vscode.l10n.t('Delete');
    const question = vscode.l10n.t('Delete the recipe "{0}"?', path.basename(file, RECIPE_ENDING));
    if ((await vscode.window.showWarningMessage(question, { modal: true }, agree)) !== agree) return;
    const uri = vscode.Uri.file(file);
    try {
      await vscode.workspace.fs.delete(uri, { useTrash: true });
    } catch {
      // Remote machines have none.
      await vscode.workspace.fs.delete(uri);
    }
  }

  /** Paints; images that have moved since the recipe was written are asked for. */
  private async paint(recipes: readonly Recipe[]): Promise<void> {
    const located = await locateImages(recipes);
    if (located !== undefined) await this.flow.paint(located);
  }

  /** Writes a recipe to begin with where the person wants it, and opens it. */
  async create(): Promise<void> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const home = folder?.uri.fsPath ?? this.store.ownFolder;
    await fs.mkdir(home, { recursive: true });
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('New recipe'),
      defaultUri: vscode.Uri.file(path.join(home, `painting${RECIPE_ENDING}`)),
      filters: { [vscode.l10n.t('Atelier recipe')]: ['atelier.json'] },
    });
    if (target === undefined) return;
    // Without a content image it asks for one when it runs: none is named here that may not be there.
    const recipe = { preset: 'studio', styles: [{ image: 'swatch:mosaic' }], size: 512 };
    await vscode.window.showTextDocument(
      await writeRecipe(target, `${JSON.stringify(recipe, undefined, 2)}\n`),
    );
  }
}

/** What is run is what is seen. */
async function saveOpenDocument(file: string): Promise<void> {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === file);
  if (document?.isDirty === true) await document.save();
}
