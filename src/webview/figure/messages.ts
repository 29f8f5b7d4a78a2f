/**
 * What the panel of a figure and the extension host say to each other. The figure lives in the host: the panel says
 * `ready` (when it opens or is shown again) and gets one `snapshot`; after it, only what changed.
 */
import {
  isAmount,
  isLocale,
  isNumber,
  isString,
  listOf,
  message,
  oneOf,
  optional,
  shaped,
  textsLike,
  type Guard,
} from '../common/guard';
import { isPicture, type Picture } from '../common/pictures/picture';
import { isProblem, type Problem } from '../common/problem';
import { figureStrings, type FigureStrings } from '../common/strings';

/** `interrupted`: the engine or the window went while it was made. `stopped`: the person stopped it. */
export const FIGURE_PHASES = [
  'queued',
  'starting',
  'running',
  'stopping',
  'stopped',
  'interrupted',
  'done',
  'failed',
] as const;
export type FigurePhase = (typeof FIGURE_PHASES)[number];

/** One picture of the figure. */
export interface FigureCell {
  readonly id: string;
  /** All that it is, in words. */
  readonly name: string;
  readonly state: 'waiting' | 'draft' | 'done';
  readonly uri?: string | undefined;
  /** Loss relative to the start. */
  readonly relativeLoss?: number | undefined;
  /** In dB, against what is reconstructed. */
  readonly psnr?: number | undefined;
  readonly losses?: { readonly content: number; readonly style: number } | undefined;
}

export interface FigureRow {
  readonly label: string;
  /** Says more of the row, in small letters. */
  readonly hint?: string | undefined;
  /** The image that the row is about, where rows have one of their own. */
  readonly picture?: Picture | undefined;
  readonly cells: readonly FigureCell[];
}

/** What was asked, and every picture as it stands. */
export interface ShownFigure {
  readonly id: string;
  readonly kind: 'reconstructions' | 'tradeoff';
  /** For example "photo.jpg × Mosaic". */
  readonly title: string;
  /** Images that it is made from, content first. */
  readonly sources: readonly Picture[];
  readonly model: string;
  /** Of a grid: whether its drafts start from their neighbours or each by itself. */
  readonly start?: 'warm' | 'cold' | undefined;
  /** What rows and columns are. */
  readonly axes: { readonly rows: string; readonly columns: string };
  readonly columns: readonly string[];
  /** Say more of the columns, in small letters; as many as there are columns. */
  readonly columnHints?: readonly string[] | undefined;
  readonly rows: readonly FigureRow[];
}

/** Where the figure stands. Sent whole whenever any of it changes. */
export interface FigurePageStatus {
  readonly phase: FigurePhase;
  /** The device that computes, in words. */
  readonly device?: string | undefined;
  /** Part of the work that is behind it, 0 … 1. */
  readonly done: number;
  /** Id of the picture that is being worked on. */
  readonly cell?: string | undefined;
  readonly secondsLeft?: number | undefined;
  readonly problem?: Problem | undefined;
}

/** Everything the panel needs to show a figure that it has never seen. */
export interface FigureSnapshot {
  readonly strings: FigureStrings;
  /** BCP 47, for numbers. */
  readonly locale: string;
  readonly figure: ShownFigure;
  readonly status: FigurePageStatus;
}

/** Host → panel. */
export type FigureUpdate =
  | { readonly type: 'snapshot'; readonly snapshot: FigureSnapshot }
  /** Each replaces the one with the same id. */
  | { readonly type: 'cells'; readonly cells: readonly FigureCell[] }
  | { readonly type: 'status'; readonly status: FigurePageStatus };

/** Panel → host: intentions. */
export type FigureRequest =
  | { readonly type: 'ready' }
  | { readonly type: 'stop' }
  | { readonly type: 'resume' }
  /** The same grid with cold starts instead of warm ones, or the other way round. */
  | { readonly type: 'otherStarts' }
  /** A picture of a grid as a normal run. */
  | { readonly type: 'paint'; readonly cell: string }
  | { readonly type: 'saveCell'; readonly cell: string }
  | { readonly type: 'saveSheet' }
  | { readonly type: 'savePage' }
  | { readonly type: 'openPage' }
  | { readonly type: 'reveal' }
  | { readonly type: 'action'; readonly action: string };

const isCell: Guard<FigureCell> = shaped<FigureCell>({
  id: isString,
  name: isString,
  state: oneOf('waiting', 'draft', 'done'),
  uri: optional(isString),
  relativeLoss: optional(isAmount),
  psnr: optional(isNumber),
  losses: optional(shaped<{ content: number; style: number }>({ content: isAmount, style: isAmount })),
});

const isFigure: Guard<ShownFigure> = shaped<ShownFigure>({
  id: isString,
  kind: oneOf('reconstructions', 'tradeoff'),
  title: isString,
  sources: listOf(isPicture),
  model: isString,
  start: optional(oneOf('warm', 'cold')),
  axes: shaped<{ rows: string; columns: string }>({ rows: isString, columns: isString }),
  columns: listOf(isString),
  columnHints: optional(listOf(isString)),
  rows: listOf(
    shaped<FigureRow>({
      label: isString,
      hint: optional(isString),
      picture: optional(isPicture),
      cells: listOf(isCell),
    }),
  ),
});

const isStatus: Guard<FigurePageStatus> = shaped<FigurePageStatus>({
  phase: oneOf(...FIGURE_PHASES),
  device: optional(isString),
  done: isAmount,
  cell: optional(isString),
  secondsLeft: optional(isAmount),
  problem: optional(isProblem),
});

const isSnapshot: Guard<FigureSnapshot> = shaped<FigureSnapshot>({
  strings: textsLike(figureStrings),
  locale: isLocale,
  figure: isFigure,
  status: isStatus,
});

export const isFigureUpdate: Guard<FigureUpdate> = message<FigureUpdate>({
  snapshot: { snapshot: isSnapshot },
  cells: { cells: listOf(isCell) },
  status: { status: isStatus },
});

export const isFigureRequest: Guard<FigureRequest> = message<FigureRequest>({
  ready: {},
  stop: {},
  resume: {},
  otherStarts: {},
  paint: { cell: isString },
  saveCell: { cell: isString },
  saveSheet: {},
  savePage: {},
  openPage: {},
  reveal: {},
  action: { action: isString },
});
