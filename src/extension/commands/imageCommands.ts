import * as vscode from 'vscode';
import { activeImage, browseImages, localPath } from '../imageFiles';
import type { ImageEditorProvider } from '../imageEditor/imageEditorProvider';
import { EDITOR_COMMANDS } from '../../webview/imageEditor/messages';
import type { RecipeActions } from '../recipes/recipeActions';
import type { ChosenImages } from '../stylize/chosenImages';
import { selectedImages } from '../stylize/contentPicker';
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
      const styles = await oneImage(clicked, vscode.l10n.t('Choose a style image'));
      if (styles !== undefined) await flow.useAsStyle(selectedOr(clicked, styles));
    },
    openImage: async (...clicked: Clicked) => {
      const file = await oneImage(clicked, vscode.l10n.t('Choose an image to open'));
      if (file !== undefined)
        await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), 'atelier.imageEditor');
    },
    setContent: async (...clicked: Clicked) => {
      const file = await oneImage(clicked, vscode.l10n.t('Choose the image to paint'));
      if (file !== undefined) await chosen.setContent(file);
    },
    setStyle: async (...clicked: Clicked) => {
      const file = await oneImage(clicked, vscode.l10n.t('Choose a style image'));
      if (file !== undefined) await chosen.setStyle(file);
    },
    applyStyle: async (...clicked: Clicked) => {
      if (chosen.style === undefined) return;
      const contents = imagesOrActive(clicked);
      if (contents.length > 0) await flow.paintWith(contents, [chosen.style]);
      else await flow.useAsStyle([chosen.style]);
    },
    stylizeContent: async (...clicked: Clicked) => {
      if (chosen.content === undefined) return;
      const styles = imagesOrActive(clicked);
      if (styles.length > 0) await flow.paintWith([chosen.content], styles);
      else await flow.stylize([chosen.content]);
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

function selectedOr(clicked: Clicked, file: string): readonly string[] {
  const selected = imagesOrActive(clicked);
  return selected.length > 0 ? selected : [file];
}

/** The first image that is meant; asked for where none is. */
async function oneImage(clicked: Clicked, title: string): Promise<string | undefined> {
  const [first] = imagesOrActive(clicked);
  return first ?? (await browseImages({ title, many: false }))[0];
}
