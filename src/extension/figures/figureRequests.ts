import * as path from 'node:path';
import * as vscode from 'vscode';
import type { GridPlan } from '../../engine/figures/figurePlan';
import { subjectOf, type FigureSubject } from '../../engine/figures/figureSubject';
import { presets } from '../../recipe/presets';
import type { FigureRequest } from '../../protocol/figure';
import type { EngineOwner } from '../engine/engineOwner';
import { copyWhole, openPage, revealFile, suggestBeside } from '../export/delivery';
import { isAction } from '../problems';
import type { Settings } from '../settings';
import { withOutputFolder } from '../stylize/plan';
import type { StylizeFlow } from '../stylize/stylizeFlow';
import { styleFile } from '../stylize/styleName';
import type { Figure } from './figure';
import type { Figures } from './figures';
import { sourcesOf } from './figureView';

/** What the names of saved figures end with. */
const ENDINGS: Readonly<Record<FigureSubject, string>> = {
  reconstructions: '-layers',
  tradeoff: '-tradeoff',
  styles: '-styles',
  variations: '-variations',
};

/** What the panels may ask for. */
export interface FigureDependencies {
  readonly figures: Figures;
  readonly engine: EngineOwner;
  readonly flow: StylizeFlow;
  readonly settings: Settings;
  /** Makes a grid with the other kind of starts. */
  readonly otherStarts: (grid: GridPlan) => Promise<void>;
}

/** Carries out a request of a panel about its figure. Throws what goes wrong. */
export async function handleFigureRequest(
  request: FigureRequest,
  figure: Figure,
  dependencies: FigureDependencies,
): Promise<void> {
  const { figures } = dependencies;
  const ending = ENDINGS[subjectOf(figure.request)];
  switch (request.type) {
    // The panel sees to these itself.
    case 'ready':
    case 'stop':
      return;
    case 'resume':
      await figures.resume(figure.folder);
      return;
    case 'otherStarts':
      if (figure.request.kind === 'tradeoff') await dependencies.otherStarts(figure.request);
      return;
    case 'paint':
      return paint(figure, request.cell, dependencies);
    case 'saveCell': {
      const drawn = figure.cells.get(request.cell);
      if (drawn !== undefined) await save(figure, drawn.file, `${ending}-${request.cell}.png`, dependencies);
      return;
    }
    case 'saveSheet':
      return save(figure, path.join(figure.folder, 'sheet.png'), `${ending}.png`, dependencies);
    case 'savePage':
      return save(figure, path.join(figure.folder, 'index.html'), `${ending}.html`, dependencies);
    case 'openPage':
      return openPage(vscode.Uri.file(path.join(figure.folder, 'index.html')));
    case 'reveal':
      return revealFile(path.join(figure.folder, 'sheet.png'));
    case 'action':
      if (isAction(request.action)) await vscode.commands.executeCommand(`atelier.${request.action}`);
  }
}

/** A picture of the grid as a normal run: it appears in the studio beside its content. */
async function paint(
  { folder }: Figure,
  cell: string,
  { engine, flow, settings }: FigureDependencies,
): Promise<void> {
  const size = settings.size ?? presets.studio.size;
  const recipe = await engine.ask({ type: 'recipeOfCell', figure: folder, cell, size });
  await flow.paint([withOutputFolder(recipe, settings)]);
}

async function save(
  figure: Figure,
  from: string,
  ending: string,
  { settings }: FigureDependencies,
): Promise<void> {
  const [source] = sourcesOf(figure);
  const file = styleFile(source?.image ?? from);
  const isPage = ending.endsWith('.html');
  const target = await vscode.window.showSaveDialog({
    title: isPage ? vscode.l10n.t('Save the page') : vscode.l10n.t('Save the picture'),
    defaultUri: suggestBeside(file, `${path.parse(file).name}${ending}`, settings),
    filters: isPage ? { HTML: ['html'] } : { PNG: ['png'] },
  });
  if (target === undefined) return;
  await copyWhole(from, target.fsPath);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}', path.basename(target.fsPath)), 4000);
}
