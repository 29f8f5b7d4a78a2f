/** Parts of the studio's messages: where a run stands, and what was found about its layers. */
import * as z from 'zod/mini';
import { picture, problem } from './page';
import { amount, extent, flag, loss, text, type Of } from './schema';

/** `interrupted`: the engine or the window died while it ran. `stopped`: the person stopped it. */
export const PHASES = [
  ...(['queued', 'starting', 'running', 'pausing', 'paused'] as const),
  ...(['stopping', 'stopped', 'interrupted', 'done', 'failed'] as const),
] as const;
export type Phase = (typeof PHASES)[number];

const progress = z.object({
  /** Width and height of the scale that runs. */
  scale: extent,
  /** Every scale of the run, coarse to fine; empty before the first step. */
  plan: z.array(z.object({ scale: extent, steps: amount })),
  /** Index into `plan`. */
  scaleIndex: amount,
  /** Over all scales, from 1; 0 before the first. */
  step: amount,
  totalSteps: amount,
  evaluations: amount,
  /** Computing time, pauses left out. */
  seconds: amount,
  secondsPerStep: z.optional(amount),
  secondsLeft: z.optional(amount),
});
export type Progress = Of<typeof progress>;

/** Where the run stands. Sent whole whenever any of it changes, at most about four times a second. */
export const status = z.object({
  phase: z.enum(PHASES),
  /** The device that computes, in words, for example "CPU (2 threads)". */
  device: z.optional(text),
  /** Why it is not the device that was asked for, if so. */
  deviceNote: z.optional(text),
  /** Runs before this one in the queue, while it is queued. */
  ahead: z.optional(amount),
  /** Another run of this window's queue: the one at work (`now`) or the next; its place, from 1, among all that there were. */
  queue: z.optional(z.object({ name: text, now: flag, place: amount, total: amount, follow: flag })),
  progress: z.optional(progress),
  /** A checkpoint is there, so Resume can be offered. */
  resumable: flag,
  /** The finished picture, once there is one. */
  result: z.optional(picture),
  /** Where it was saved, as people know the place: "album/photo-mosaic-2.png". Absent where only we keep it. */
  savedAs: z.optional(text),
  problem: z.optional(problem),
});
export type Status = Of<typeof status>;

/** One of the paper's reconstructions; `style` ones carry a growing subset of layers. */
export const reconstruction = z.object({
  id: text,
  kind: z.enum(['content', 'style']),
  layers: z.array(text),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  uri: z.optional(text),
  /** 0 … 1. */
  progress: amount,
  /** Loss relative to the start. */
  relativeLoss: z.optional(amount),
});
export type Reconstruction = Of<typeof reconstruction>;

/** A Gram matrix (N x N, mean units) shrunk to size x size cells by averaging, row by row; size is 1 … 128. */
const gramMap = z
  .object({ size: z.int().check(z.minimum(1), z.maximum(128)), values: z.array(loss) })
  .check(z.refine(({ size, values }) => values.length === size ** 2));
export type GramMap = Of<typeof gramMap>;

/** What one layer sees and knows. A layer in both parts has one of each kind. */
export const insight = z.object({
  kind: z.enum(['content', 'style']),
  layer: text,
  /** Side in input pixels. */
  receptiveField: amount,
  channels: amount,
  /** a_l of the style image (of the content image for a content layer). */
  meanActivation: z.number(),
  /** Of style layers. */
  styleGram: z.optional(gramMap),
  resultGram: z.optional(gramMap),
  /** A picture of the gradient's magnitude of this layer's loss, transparent where it is small. */
  gradientOverlay: z.optional(text),
});
export type LayerInsight = Of<typeof insight>;
