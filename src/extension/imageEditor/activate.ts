import * as vscode from 'vscode';
import { EDITOR_COMMANDS } from '../../protocol/editorCommands';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { oneImage, type Clicked } from '../stylize/clickedImages';
import { ImageEditorProvider } from './imageEditorProvider';

/** The editor that compares an image with its paintings. */
export function activate(services: Services): vscode.Disposable {
  const editors = new ImageEditorProvider(services);
  const commands = {
    openImage: async (...clicked: Clicked) => {
      const file = await oneImage(clicked, vscode.l10n.t('Choose an image to open'));
      if (file !== undefined)
        await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'atelier.imageEditor');
    },
    ...Object.fromEntries(
      EDITOR_COMMANDS.map(command => [
        `imageEditor.${command.replace('view:', '')}`,
        () => {
          editors.active?.command(command);
        },
      ]),
    ),
  };
  return vscode.Disposable.from(
    vscode.window.registerCustomEditorProvider(ImageEditorProvider.viewType, editors, {
      supportsMultipleEditorsPerDocument: true,
    }),
    registerCommands(commands, services.log),
  );
}
