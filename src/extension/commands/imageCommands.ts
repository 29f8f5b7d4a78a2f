import * as vscode from 'vscode';
import { activeImage, localPath } from '../imageFiles';
import type { ImageEditorProvider } from '../imageEditor/imageEditorProvider';
import { EDITOR_COMMANDS } from '../../protocol/editorCommands';
import type { RecipeActions } from '../recipes/recipeActions';
import type { ChosenImages } from '../stylize/chosenImages';
import { pickImage, selectedImages } from '../stylize/contentPicker';
import type { StylizeFlow } from '../stylize/stylizeFlow';
import type { Command } from './register';

/** What VS Code hands to a command of the explorer: the item clicked, and all that are selected. */
type Clicked = readonly [clicked?: unknown, selection?: unknown];

/** Commands on images: in the explorer, on an editor's title, in the palette. */
export function imageCommands(
  flow: StylizeFlow,
  chosen: ChosenImages,
  recipes: RecipeActions,
  editors: ImageEditorProvider,
): Readonly<Record<string, Command>> {
  return {
    stylize: (...clicked: Clicked) => flow.stylize(imagesOrActive(clicked)),
    stylizeSample: () => flow.stylizeSample(),
    useAsStyle: async (...clicked: Clicked) => {
      const styles = await images(clicked, vscode.l10n.t('Choose a style image'));
      if (styles.length > 0) await flow.useAsStyle(styles);
    },
    openImage: async (...clicked: Clicked) => {
      const file = await oneImage(clicked, vscode.l10n.t('Choose an image to open'));
      if (file !== undefined)
        await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'atelier.imageEditor');
    },
    setContent: async (...clicked: Clicked) => {
      const files = await images(clicked, vscode.l10n.t('Choose the image to paint'));
      if (files.length > 0) await chosen.setContents(files);
    },
    setStyle: async (...clicked: Clicked) => {
      const files = await images(clicked, vscode.l10n.t('Choose a style image'));
      if (files.length > 0) await chosen.setStyles(files);
    },
    applyStyle: async (...clicked: Clicked) => {
      const styles = chosen.take('style');
      if (styles.length === 0) return;
      const contents = imagesOrActive(clicked);
      if (contents.length > 0) await flow.paintWith(contents, styles);
      else await flow.useAsStyle(styles);
    },
    stylizeContent: async (...clicked: Clicked) => {
      const contents = chosen.take('content');
      if (contents.length === 0) return;
      const styles = imagesOrActive(clicked);
      if (styles.length > 0) await flow.paintWith(contents, styles);
      else await flow.stylize(contents);
    },
    runAgain: async (...clicked: Clicked) => {
      const file = await oneImage(clicked, vscode.l10n.t('Choose a painting made by Atelier'));
      if (file !== undefined) await recipes.runAgain(file);
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
}

/** What was selected or clicked, else the image in the active tab. */
function imagesOrActive([clicked, selection]: Clicked): readonly string[] {
  const images = selectedImages(clicked, selection);
  if (images.length > 0) return images;
  const active = activeImage();
  return active === undefined ? [] : [localPath(active)];
}

/** All images that are meant; one is asked for where none is. */
async function images(clicked: Clicked, title: string): Promise<readonly string[]> {
  const meant = imagesOrActive(clicked);
  if (meant.length > 0) return meant;
  const asked = await pickImage(title);
  return asked === undefined ? [] : [asked];
}

/** The first image that is meant; asked for where none is. */
async function oneImage(clicked: Clicked, title: string): Promise<string | undefined> {
  return (await images(clicked, title))[0];
}
