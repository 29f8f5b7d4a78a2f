import * as vscode from 'vscode';
import type { Settings } from '../settings';
import { RECIPE_ENDING, type RecipeStore, type SavedRecipe } from './recipeStore';

/** The *Recipes* view: those of the workspace and the person's own. */
export class RecipesTree implements vscode.TreeDataProvider<SavedRecipe>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly listeners: vscode.Disposable[];
  /** The person's own folder lies outside of the workspace, and a setting can move it. */
  private own: vscode.Disposable;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly store: RecipeStore,
    settings: Settings,
  ) {
    const renew = () => {
      this.refresh();
    };
    this.own = this.watch(this.ownRecipes());
    this.listeners = [
      this.watch(`**/*${RECIPE_ENDING}`),
      settings.onDidChangeStorage(() => {
        this.own.dispose();
        this.own = this.watch(this.ownRecipes());
        this.refresh();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(renew),
      vscode.window.registerTreeDataProvider('atelier.recipes', this),
    ];
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(parent?: SavedRecipe): Promise<SavedRecipe[]> {
    return parent === undefined ? [...(await this.store.list())] : [];
  }

  getTreeItem({ file, title, detail, ofWorkspace }: SavedRecipe): vscode.TreeItem {
    const uri = vscode.Uri.file(file);
    const item = new vscode.TreeItem(title);
    item.id = file;
    item.description = detail;
    item.resourceUri = uri;
    item.contextValue = ofWorkspace ? 'workspace' : 'own';
    item.iconPath = new vscode.ThemeIcon('json');
    item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
    return item;
  }

  private ownRecipes(): vscode.RelativePattern {
    return new vscode.RelativePattern(vscode.Uri.file(this.store.ownFolder), `*${RECIPE_ENDING}`);
  }

  private watch(pattern: vscode.GlobPattern): vscode.Disposable {
    const files = vscode.workspace.createFileSystemWatcher(pattern);
    const renew = () => {
      this.refresh();
    };
    files.onDidCreate(renew);
    files.onDidDelete(renew);
    files.onDidChange(renew);
    return files;
  }

  dispose(): void {
    this.own.dispose();
    for (const listener of this.listeners) listener.dispose();
    this.changed.dispose();
  }
}
