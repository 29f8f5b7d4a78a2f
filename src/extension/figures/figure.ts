import * as path from 'node:path';
import type { CellEvent, FigureEvent } from '../../protocol/figureEvent';
import type { FigurePlan } from '../../engine/figures/figurePlan';
import type { StoredFigure } from '../../engine/figures/storedFigure';
import type { ErrorReport } from '../../common/errors';

/** A picture that is there, as a draft or finished. */
export interface DrawnCell extends Pick<CellEvent, 'state' | 'relativeLoss' | 'psnr' | 'losses'> {
  /** Absolute path. */
  readonly file: string;
  /** Another number whenever the file changes. */
  readonly version: number;
}

/** A figure as this window knows it: what was asked, and where it stands. */
export interface Figure {
  /** Absolute path; tells figures apart. */
  readonly folder: string;
  readonly request: FigurePlan;
  readonly status: 'waiting' | 'running' | 'stopped' | 'interrupted' | 'done' | 'failed';
  /** What it waits for. */
  readonly behind?: 'job' | 'engine' | undefined;
  readonly device?: string | undefined;
  readonly error?: ErrorReport | undefined;
  readonly cells: ReadonlyMap<string, DrawnCell>;
  /** Part of the work that is behind it, 0 … 1. */
  readonly done: number;
  /** Id of the picture that is being worked on. */
  readonly current?: string | undefined;
  /** Since when it is being made, in milliseconds, and how far it was then. */
  readonly begun?: { readonly at: number; readonly done: number } | undefined;
  /** Whether this window's engine makes it or has it in its queue. */
  readonly here: boolean;
  /** Whether an engine of another window has it. */
  readonly elsewhere: boolean;
}

/** A figure as it lies on the disk. */
export function figureFromDisk(stored: StoredFigure, now = Date.now()): Figure {
  const { folder, request, state, pictures, drafts, owner } = stored;
  const cells = new Map<string, DrawnCell>();
  for (const id of drafts) {
    const file = path.join(folder, `${id}.png`);
    cells.set(id, { state: 'draft', file, version: now });
  }
  for (const { id, file, relativeLoss, psnr, losses } of pictures)
    cells.set(id, {
      ...{ state: 'done', file: path.join(folder, file), version: now },
      ...{ relativeLoss, psnr, losses },
    } as DrawnCell);
  return {
    folder,
    request,
    status: state.status,
    error: state.error,
    cells,
    done: state.status === 'done' ? 1 : pictures.length / countOf(request),
    here: false,
    elsewhere: owner !== undefined,
  };
}

/** How many pictures a figure has when it is finished. */
function countOf(request: FigurePlan): number {
  if (request.kind === 'tradeoff') return request.rows.values.length * request.columns.values.length;
  const rows = [request.content, request.style].filter(image => image !== undefined).length;
  return rows * request.layers.length;
}

/** Whether an engine of this window works on it, or will. */
export function isActive({ here, status }: Figure): boolean {
  return here && (status === 'waiting' || status === 'running');
}

/** The figure after something happened to it. */
export function reduceFigure(figure: Figure, event: FigureEvent, now = Date.now()): Figure {
  switch (event.event) {
    case 'queued':
      return { ...figure, status: 'waiting', behind: event.behind, here: true, elsewhere: false };
    case 'started':
      return {
        ...figure,
        ...{ status: 'running', behind: undefined, device: event.deviceTitle, error: undefined },
        ...{ here: true, begun: undefined },
      };
    case 'cell':
      return { ...figure, cells: withCell(figure, event, now) };
    case 'progress':
      return {
        ...figure,
        done: event.done,
        current: event.cell,
        begun: figure.begun ?? { at: now, done: event.done },
      };
    case 'done':
      return { ...figure, status: 'done', done: 1, current: undefined, here: false };
    case 'stopped':
      return { ...figure, status: 'stopped', current: undefined, here: false };
    case 'interrupted':
      return {
        ...figure,
        ...{ status: event.resuming ? 'waiting' : 'interrupted', error: event.error },
        ...{ current: undefined, here: event.resuming },
      };
    case 'failed':
      return { ...figure, status: 'failed', error: event.error, current: undefined, here: false };
  }
}

function withCell(
  { folder, cells }: Figure,
  { id, file, state, relativeLoss, psnr, losses }: CellEvent,
  now: number,
): ReadonlyMap<string, DrawnCell> {
  const version = Math.max(now, (cells.get(id)?.version ?? 0) + 1);
  const drawn = { state, file: path.join(folder, file), version, relativeLoss, psnr, losses } as DrawnCell;
  return new Map(cells).set(id, drawn);
}

/** Seconds until it is finished, at the pace so far; undefined while nothing can be said. */
export function secondsLeft({ begun, done }: Figure, now = Date.now()): number | undefined {
  if (begun === undefined || done - begun.done < 0.02) return undefined;
  return (((now - begun.at) / 1000) * (1 - done)) / (done - begun.done);
}
