import * as vscode from 'vscode';

/** *Set as Content* and *Set as Style*: the images chosen for the next command, like *Select for Compare*. */
export class ChosenImages {
  private chosenContent: string | undefined;
  private chosenStyle: string | undefined;

  get content(): string | undefined {
    return this.chosenContent;
  }

  get style(): string | undefined {
    return this.chosenStyle;
  }

  async setContent(file: string): Promise<void> {
    this.chosenContent = file;
    await vscode.commands.executeCommand('setContext', 'atelier.hasContent', true);
  }

  async setStyle(file: string): Promise<void> {
    this.chosenStyle = file;
    await vscode.commands.executeCommand('setContext', 'atelier.hasStyle', true);
  }
}
