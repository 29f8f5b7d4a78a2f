import * as vscode from 'vscode';
import type { FigureFlow } from './figureFlow';
import type { Figures } from './figures';
import { activeImage, localPath } from '../imageFiles';
import { chooseRun } from '../runs/chooseRun';
import type { Runs } from '../runs/runs';
import { pickImage, selectedImages } from '../stylize/contentPicker';
import type { Command } from '../registerCommands';

/** Commands that make the figures of the paper: on images, and on runs from the *Runs* view. */
export function figureCommands(
  flow: FigureFlow,
  figures: Figures,
  runs: Runs,
  memory: vscode.Memento,
): Readonly<Record<string, Command>> {
  /** The view names a run by its folder. */
  const runOf = (clicked: unknown) => (typeof clicked === 'string' ? runs.get(clicked) : undefined);
  return {
    // For the status bar alone: figures have no list to choose from.
    openFigure: async (folder: unknown) => {
      if (typeof folder === 'string') figures.show(await figures.open(folder));
    },
    reconstructLayers: async (clicked?: unknown, selection?: unknown) => {
      const run = runOf(clicked);
      if (run !== undefined) return flow.reconstructRun(run.recipe);
      const [first, second] = await images(clicked, selection, vscode.l10n.t('Choose an image'));
      if (first !== undefined) await flow.reconstruct(first, second);
    },
    tradeoffGrid: async (clicked?: unknown, selection?: unknown) => {
      const run = runOf(clicked);
      if (run !== undefined) return flow.tradeoffOfRun(run.recipe);
      const [content] = await images(clicked, selection, vscode.l10n.t('Choose the image to paint'));
      if (content !== undefined) await flow.tradeoff(content);
    },
    tryAllStyles: async (clicked?: unknown, selection?: unknown) => {
      const [content] = await images(clicked, selection, vscode.l10n.t('Choose the image to paint'));
      if (content !== undefined) await flow.allStyles(content);
    },
    variations: async (clicked?: unknown) => {
      await runs.ensureLoaded();
      const none = vscode.l10n.t('There are no runs yet.');
      const run = runOf(clicked) ?? (await chooseRun(runs, memory, () => true, none));
      if (run !== undefined) await flow.variations(run.folder);
    },
  };
}

/** What was selected or clicked, else the image in the active tab; asked for where there is none. */
async function images(clicked: unknown, selection: unknown, title: string): Promise<readonly string[]> {
  const selected = selectedImages(clicked, selection);
  if (selected.length > 0) return selected;
  const active = activeImage();
  const image = active === undefined ? await pickImage(title) : localPath(active);
  return image === undefined ? [] : [image];
}
