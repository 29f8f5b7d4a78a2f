/**
 * What the panel of a figure and the extension host say to each other. The figure lives in the host: the panel says
 * `ready` (when it opens or is shown again) and gets one `snapshot`; after it, only what changed.
 */
import * as z from 'zod/mini';
import { locale, picture, problem, textsLike } from './page';
import { amount, messages, text, type Of, type Read } from './schema';
import { figureStrings } from './strings';

/** One picture of the figure. */
const cell = z.object({
  id: text,
  /** All that it is, in words. */
  name: text,
  state: z.enum(['waiting', 'draft', 'done']),
  uri: z.optional(text),
  /** Loss relative to the start. */
  relativeLoss: z.optional(amount),
  /** In dB, against what is reconstructed. */
  psnr: z.optional(z.number()),
  losses: z.optional(z.object({ content: amount, style: amount })),
});
export type FigureCell = Of<typeof cell>;

const row = z.object({
  label: text,
  /** Says more of the row, in small letters. */
  hint: z.optional(text),
  /** The image that the row is about, where rows have one of their own. */
  picture: z.optional(picture),
  cells: z.array(cell),
});
export type FigureRow = Of<typeof row>;

/** What was asked, and every picture as it stands. */
const figure = z.object({
  id: text,
  kind: z.enum(['reconstructions', 'tradeoff', 'styles', 'variations']),
  /** For example "photo.jpg × Mosaic". */
  title: text,
  /** Images that it is made from, content first. */
  sources: z.array(picture),
  model: text,
  /** Of a grid: whether its drafts start from their neighbours or each by itself. */
  start: z.optional(z.enum(['warm', 'cold'])),
  /** What rows and columns are. */
  axes: z.object({ rows: text, columns: text }),
  columns: z.array(text),
  /** Say more of the columns, in small letters; as many as there are columns. */
  columnHints: z.optional(z.array(text)),
  rows: z.array(row),
});
export type ShownFigure = Of<typeof figure>;

/** `interrupted`: the engine or the window went while it was made. `stopped`: the person stopped it. */
export const FIGURE_PHASES = [
  ...(['queued', 'starting', 'running', 'stopping'] as const),
  ...(['stopped', 'interrupted', 'done', 'failed'] as const),
] as const;
export type FigurePhase = (typeof FIGURE_PHASES)[number];

/** Where the figure stands. Sent whole whenever any of it changes. */
const status = z.object({
  phase: z.enum(FIGURE_PHASES),
  /** The device that computes, in words. */
  device: z.optional(text),
  /** Part of the work that is behind it, 0 … 1. */
  done: amount,
  /** Id of the picture that is being worked on. */
  cell: z.optional(text),
  secondsLeft: z.optional(amount),
  problem: z.optional(problem),
});
export type FigurePageStatus = Of<typeof status>;

/** Everything the panel needs to show a figure that it has never seen. */
const snapshot = z.object({ strings: textsLike(figureStrings), locale, figure, status });
export type FigureSnapshot = Of<typeof snapshot>;

/** Host → panel. */
export const readFigureUpdate = messages({
  snapshot: { snapshot },
  /** Each replaces the one with the same id. */
  cells: { cells: z.array(cell) },
  status: { status },
});
export type FigureUpdate = Read<typeof readFigureUpdate>;

/** Panel → host: intentions. */
export const readFigureRequest = messages({
  ready: {},
  stop: {},
  resume: {},
  /** The same grid with cold starts instead of warm ones, or the other way round. */
  otherStarts: {},
  /** A picture of a grid as a normal run. */
  paint: { cell: text },
  saveCell: { cell: text },
  saveSheet: {},
  savePage: {},
  openPage: {},
  reveal: {},
  action: { action: text },
});
export type FigureRequest = Read<typeof readFigureRequest>;
