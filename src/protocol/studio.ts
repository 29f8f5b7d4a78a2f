/**
 * What the studio panel and the extension host say to each other. The history lives in the host: the panel says
 * `ready` (when it opens, is shown again or is moved) and gets one `snapshot`; after it, only what changed.
 */
import * as z from 'zod/mini';
import { look, lookControls, wholeLook } from './look';
import { copied, drops, locale, picture, textsLike } from './page';
import { insight, reconstruction, status } from './run';
import { amount, extent, flag, loss, losses, messages, text, weights, type Of, type Read } from './schema';
import { studioStrings } from './strings';

/** A preview of the timeline. */
const frame = z.object({ uri: text, step: amount, scale: extent });
export type Frame = Of<typeof frame>;

/** Strengths that act while the run runs; style layers by name, weights w_l >= 0. */
const controls = z.object({
  /** α/β; 0 means style only. */
  ratio: amount,
  /** γ. */
  tv: amount,
  styleLayers: weights,
});
export type Controls = Of<typeof controls>;

/** Changes to the controls; absent fields stay. The engine's protocol takes it as it is. */
const tuning = z.object({
  ratio: z.exactOptional(amount),
  tv: z.exactOptional(amount),
  styleLayers: z.exactOptional(weights),
});
export type Tuning = Of<typeof tuning>;

/** What was asked: does not change while the panel shows this run. */
const runSummary = z.object({
  id: text,
  content: picture,
  styles: z.array(picture),
  /** For example "lite" or "VGG-19". */
  model: text,
  /** What of the features makes a style, localized. */
  statistics: text,
  recipeName: z.optional(text),
  /** Layers in network order. */
  contentLayers: z.array(text),
  styleLayers: z.array(text),
  /** As the recipe has them: what "reset" goes back to. */
  controls,
  /** As the recipe has it: the next painting begins with it. */
  look: wholeLook,
  /** The statistic cannot be another: the papers' sums are of Gram matrices. */
  fixedStatistics: flag,
});
export type RunSummary = Of<typeof runSummary>;

/** A retune during the run: a vertical line in the curves. `label`: what changed, in words, localized. */
const mark = z.object({ step: amount, label: text });
export type Mark = Of<typeof mark>;

const column = z.array(loss);
/** Losses over steps as columns of equal length, as the job's state has them. */
const history = z.object({
  stride: amount,
  steps: column,
  evaluations: column,
  seconds: column,
  total: column,
  terms: z.record(text, column),
});

/** Everything the panel needs to show a run it has never seen. */
const snapshot = z.object({
  strings: textsLike(studioStrings),
  locale,
  /** What can be set for the next painting. */
  look: lookControls,
  /** Absent: there is nothing to show yet. */
  run: z.optional(runSummary),
  status: z.optional(status),
  controls: z.optional(controls),
  frames: z.array(frame),
  history,
  marks: z.array(mark),
  reconstructions: z.array(reconstruction),
  insights: z.array(insight),
});
export type Snapshot = Of<typeof snapshot>;

const point = z.object({ step: amount, evaluations: amount, seconds: amount, losses });

/**
 * Host → panel. Deltas are about the run of the last snapshot: another run, and a resume that goes back behind what
 * was shown, begin with another snapshot.
 */
export const readStudioUpdate = messages({
  snapshot: { snapshot },
  /** New steps and frames only, in order, gathered over at most half a second; an absent status is as it was. */
  progress: { points: z.array(point), frames: z.array(frame), status: z.optional(status) },
  retuned: { mark, controls },
  /** Replaces the one with the same id, or is added at the end. */
  reconstruction: { reconstruction },
  /** Each replaces the one of the same kind and layer; an absent styleGram, resultGram or gradientOverlay keeps the old one. */
  insights: { insights: z.array(insight) },
  /** A command of VS Code that only the panel can carry out. */
  command: { command: z.literal('copyImage') },
});
export type StudioUpdate = Read<typeof readStudioUpdate>;

export const SECTIONS = ['losses', 'reconstructions', 'layers', 'controls'] as const;
export type Section = (typeof SECTIONS)[number];

/** What was changed in the controls while nothing ran. */
const held = { tuning: z.optional(tuning) };

/** What was set for the next painting. */
const next = { ...held, look: z.optional(look) };

/** Panel → host: intentions. */
export const readStudioRequest = messages({
  ready: {},
  pause: {},
  continue: {},
  /** Stops with a checkpoint; `keep` saves the picture as it is. */
  stop: { keep: flag },
  /** Ends with the scale that is being painted. */
  finish: {},
  /** Stops, and takes the run away; for a while it can be had back. */
  discard: {},
  /** Takes a run that waits or starts out of the queue. */
  cancel: {},
  /** Shows the run of the queue that is told beside this one. */
  showQueued: {},
  /** Whether the studio goes along with the queue. */
  followQueue: { follow: flag },
  resume: held,
  runAgain: next,
  /** The frame that is shown, or the result where `step` is absent. */
  saveAs: { step: z.optional(amount) },
  copied,
  reveal: {},
  open: {},
  export: {},
  retune: { tuning },
  /** Which section is on screen: reconstructions and Gram matrices are computed only for who looks. */
  section: { section: z.enum(SECTIONS) },
  action: { action: text },
  /** Start something new: choose an image and a style. */
  begin: {},
  pickStyle: next,
  ...drops,
  dropStyle: { ...drops.dropStyle, ...next },
  dropFile: { ...drops.dropFile, ...next },
});
export type StudioRequest = Read<typeof readStudioRequest>;
