import * as path from 'node:path';
import * as vscode from 'vscode';
import { receptiveField } from '../../nst/vgg19';
import { subjectOf } from '../../engine/figures/figureSubject';
import { layoutOf } from './figureLayout';
import { figureStrings } from '../../protocol/strings';
import type {
  FigureCell,
  FigurePageStatus,
  FigurePhase,
  FigureSnapshot,
  ShownFigure,
} from '../../protocol/figure';
import type { Picture, Problem } from '../../protocol/page';
import { problemAction, problemOf } from '../problems';
import { networkName } from '../../recipe/settingList';
import type { ToUri } from '../studio/snapshot';
import { styleName } from '../stylize/styleName';
import { localized } from '../texts';
import { shownDevice } from '../wording';
import { secondsLeft, type Figure } from './figure';

/** Images of a figure by name, in the order in which they are shown. */
export interface FigureSource {
  readonly role: 'content' | 'style';
  /** A path, or `swatch:ID`. */
  readonly image: string;
  readonly name: string;
}

export function sourcesOf({ request }: Figure): readonly FigureSource[] {
  const source = (role: FigureSource['role'], image: string): FigureSource => ({
    role,
    image,
    name: role === 'content' ? path.basename(image) : styleName(image),
  });
  // Its many styles are named by their pictures.
  if (request.kind === 'tradeoff' && subjectOf(request) === 'styles')
    return [source('content', request.base.content)];
  if (request.kind === 'tradeoff')
    return [
      source('content', request.base.content),
      ...request.base.styles.map(({ image }) => source('style', image)),
    ];
  const { content, style } = request;
  return [
    ...(content === undefined ? [] : [source('content', content)]),
    ...(style === undefined ? [] : [source('style', style)]),
  ];
}

/** "photo.jpg × Mosaic". */
function figureTitle(figure: Figure): string {
  return sourcesOf(figure)
    .map(({ name }) => name)
    .join(' × ');
}

/** What the tab says. */
export function tabTitle(figure: Figure): string {
  const title = figureTitle(figure);
  const { request } = figure;
  switch (subjectOf(request)) {
    case 'reconstructions':
      return vscode.l10n.t('Layers: {0}', title);
    case 'styles':
      return vscode.l10n.t('Styles: {0}', title);
    case 'variations':
      return vscode.l10n.t('Variations: {0}', title);
    case 'tradeoff':
      return request.kind === 'tradeoff' && request.start === 'cold'
        ? vscode.l10n.t('Trade-off, cold starts: {0}', title)
        : vscode.l10n.t('Trade-off: {0}', title);
  }
}

/**
 * Everything the panel needs to show a figure.
 * @param previews copies of the images that the panel may read, by image
 */
export function snapshotOf(
  figure: Figure,
  previews: ReadonlyMap<string, string>,
  toUri: ToUri,
  stopping: boolean,
): FigureSnapshot {
  return {
    strings: localized(figureStrings),
    locale: vscode.env.language,
    figure: shownFigure(figure, previews, toUri),
    status: statusOf(figure, stopping),
  };
}

function shownFigure(figure: Figure, previews: ReadonlyMap<string, string>, toUri: ToUri): ShownFigure {
  const { request } = figure;
  const sources = sourcesOf(figure);
  const picture = ({ image, name }: FigureSource): Picture => {
    const file = previews.get(image);
    return { name, uri: file === undefined ? '' : toUri(file) };
  };
  const { rows, ...layout } = layoutOf(request, localized(figureStrings), receptiveField, styleName);
  return {
    ...layout,
    id: path.basename(figure.folder),
    kind: subjectOf(request),
    title: figureTitle(figure),
    sources: sources.map(picture),
    start: request.kind === 'tradeoff' && subjectOf(request) === 'tradeoff' ? request.start : undefined,
    model: networkName(request.kind === 'tradeoff' ? request.base.model : request.model),
    rows: rows.map(({ about, cells, ...row }) => {
      const source = sources.find(({ role }) => role === about);
      return {
        ...row,
        ...(source === undefined ? {} : { picture: picture(source) }),
        cells: cells.map(cell => shownCell(figure, cell, toUri)),
      };
    }),
  };
}

/** One picture as it stands. */
export function cellOf(figure: Figure, id: string, toUri: ToUri): FigureCell | undefined {
  const { rows } = layoutOf(figure.request, localized(figureStrings), receptiveField, styleName);
  const named = rows.flatMap(({ cells }) => cells).find(cell => cell.id === id);
  return named && shownCell(figure, named, toUri);
}

function shownCell({ cells }: Figure, named: Pick<FigureCell, 'id' | 'name'>, toUri: ToUri): FigureCell {
  const drawn = cells.get(named.id);
  if (drawn === undefined) return { ...named, state: 'waiting' };
  const { state, file, version, relativeLoss, psnr, losses } = drawn;
  // A draft and what replaces it have the same name.
  return { ...named, state, uri: `${toUri(file)}?v=${version}`, relativeLoss, psnr, losses };
}

/** Where a figure stands, as the panel shows it. */
export function statusOf(figure: Figure, stopping: boolean): FigurePageStatus {
  return {
    phase: phaseOf(figure, stopping),
    device: figure.device === undefined ? undefined : shownDevice(figure.device),
    done: figure.done,
    cell: figure.current,
    secondsLeft: secondsLeft(figure),
    problem: problemIn(figure),
  };
}

function phaseOf({ status, here, elsewhere, behind, begun }: Figure, stopping: boolean): FigurePhase {
  if (elsewhere) return status === 'running' ? 'running' : 'queued';
  if (here && stopping) return 'stopping';
  if (status === 'waiting') {
    if (!here) return 'stopped';
    return behind === undefined ? 'starting' : 'queued';
  }
  return status === 'running' && begun === undefined ? 'starting' : status;
}

function problemIn({ status, elsewhere, here, behind, error }: Figure): Problem | undefined {
  if (elsewhere) return note(vscode.l10n.t('Another window is making this figure.'));
  if (here && behind === 'engine')
    return note(vscode.l10n.t('Another window is painting. This figure starts when the engine is free.'));
  if (status === 'interrupted' && error?.code === 'interrupted')
    return note(vscode.l10n.t('It was interrupted. Finished pictures are kept; resume to make the rest.'));
  if (error === undefined) return undefined;
  if (status === 'waiting')
    return {
      ...problemOf(error, 'warning'),
      next: vscode.l10n.t('A new engine is starting; finished pictures are kept.'),
      actions: [problemAction('showLog')],
    };
  const problem = problemOf(error, status === 'interrupted' ? 'warning' : 'error');
  return {
    ...problem,
    actions: problem.actions.filter(({ id }) => id !== 'saveRunAs' && id !== 'resumeRun'),
  };
}

function note(sentence: string): Problem {
  return { severity: 'info', sentence, actions: [] };
}
