import * as vscode from 'vscode';
import type { Command } from '../registerCommands';
import type { ChosenImages } from './chosenImages';
import { images, imagesOrActive, type Clicked } from './clickedImages';
import type { StylizeFlow } from './stylizeFlow';

/** Commands that paint images: in the explorer, on an editor's title, in the palette. */
export function imageCommands(flow: StylizeFlow, chosen: ChosenImages): Readonly<Record<string, Command>> {
  return {
    stylize: (...clicked: Clicked) => flow.stylize(imagesOrActive(clicked)),
    stylizeSample: () => flow.stylizeSample(),
    useAsStyle: async (...clicked: Clicked) => {
      const styles = await images(clicked, vscode.l10n.t('Choose a style image'));
      if (styles.length > 0) await flow.useAsStyle(styles);
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
  };
}
