import * as vscode from 'vscode';
import { EDITOR_COMMANDS } from '../../protocol/editorCommands';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { images, type Clicked } from '../stylize/clickedImages';
import { ImageEditorProvider } from './imageEditorProvider';

/** The editor that compares an image with its paintings. */
export function activate(services: Services): vscode.Disposable {
  const editors = new ImageEditorProvider(services);
  const commands = {
    openImage: async (...clicked: Clicked) => {
      const files = await images(clicked, vscode.l10n.t('Choose an image to open'));
      // Those after the first would take the place of one in italics.
      const options = files.length > 1 ? { preview: false } : {};
      for (const file of files)
        await vscode.commands.executeCommand(
          'vscode.openWith',
          vscode.Uri.file(file),
          'atelier.imageEditor',
          options,
        );
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
