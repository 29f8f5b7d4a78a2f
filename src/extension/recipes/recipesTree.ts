import * as vscode from 'vscode';
import { RECIPE_ENDING, type RecipeShelf, type ShelvedRecipe } from './recipeShelf';

/** The *Recipes* view: those of the workspace and the person's own. */
export class RecipesTree implements vscode.TreeDataProvider<ShelvedRecipe>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly listeners: vscode.Disposable[];
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly shelf: RecipeShelf) {
    const files = vscode.workspace.createFileSystemWatcher(`**/*${RECIPE_ENDING}`);
    const renew = () => {
      this.refresh();
    };
    this.listeners = [
      files,
      files.onDidCreate(renew),
      files.onDidDelete(renew),
      files.onDidChange(renew),
      vscode.workspace.onDidGrantWorkspaceTrust(renew),
      vscode.window.registerTreeDataProvider('atelier.recipes', this),
    ];
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(parent?: ShelvedRecipe): Promise<ShelvedRecipe[]> {
    return parent === undefined ? [...(await this.shelf.list())] : [];
  }

  getTreeItem({ file, title, detail }: ShelvedRecipe): vscode.TreeItem {
    const uri = vscode.Uri.file(file);
    const item = new vscode.TreeItem(title);
    item.id = file;
    item.description = detail;
    item.resourceUri = uri;
    item.iconPath = new vscode.ThemeIcon('json');
    item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
    return item;
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    this.changed.dispose();
  }
}
