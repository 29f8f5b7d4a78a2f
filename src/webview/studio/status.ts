import type { PlannedScale } from '../../jobs/events';
import {
  isAmount,
  isBoolean,
  isExtent,
  isString,
  listOf,
  oneOf,
  optional,
  shaped,
  type Guard,
} from '../common/guard';
import { isPicture, type Picture } from '../common/pictures/picture';
import { isProblem, type Problem } from '../common/problem';

/** `interrupted`: the engine or the window died while it ran. `stopped`: the person stopped it. */
export const PHASES = [
  'queued',
  'starting',
  'running',
  'pausing',
  'paused',
  'stopping',
  'stopped',
  'interrupted',
  'done',
  'failed',
] as const;
export type Phase = (typeof PHASES)[number];

export interface Progress {
  /** Width and height of the scale that runs. */
  readonly scale: readonly [number, number];
  /** Every scale of the run, coarse to fine; empty before the first step. */
  readonly plan: readonly PlannedScale[];
  /** Index into `plan`. */
  readonly scaleIndex: number;
  /** Over all scales, from 1; 0 before the first. */
  readonly step: number;
  readonly totalSteps: number;
  readonly evaluations: number;
  /** Computing time, pauses left out. */
  readonly seconds: number;
  readonly secondsPerStep?: number | undefined;
  readonly secondsLeft?: number | undefined;
}

/** Where the run stands. Sent whole whenever any of it changes, at most about four times a second. */
export interface Status {
  readonly phase: Phase;
  /** The device that computes, in words, for example "CPU (2 threads)". */
  readonly device?: string | undefined;
  /** Why it is not the device that was asked for, if so. */
  readonly deviceNote?: string | undefined;
  /** Runs before this one in the queue, while it is queued. */
  readonly ahead?: number | undefined;
  readonly progress?: Progress | undefined;
  /** A checkpoint is there, so Resume can be offered. */
  readonly resumable: boolean;
  /** The finished picture, once there is one. */
  readonly result?: Picture | undefined;
  /** Where it was saved, as people know the place: "album/photo-atelier-2.png". Absent where only we keep it. */
  readonly savedAs?: string | undefined;
  readonly problem?: Problem | undefined;
}

const isProgress: Guard<Progress> = shaped<Progress>({
  scale: isExtent,
  plan: listOf(shaped<PlannedScale>({ scale: isExtent, steps: isAmount })),
  scaleIndex: isAmount,
  step: isAmount,
  totalSteps: isAmount,
  evaluations: isAmount,
  seconds: isAmount,
  secondsPerStep: optional(isAmount),
  secondsLeft: optional(isAmount),
});

export const isStatus: Guard<Status> = shaped<Status>({
  phase: oneOf(...PHASES),
  device: optional(isString),
  deviceNote: optional(isString),
  ahead: optional(isAmount),
  progress: optional(isProgress),
  resumable: isBoolean,
  result: optional(isPicture),
  savedAs: optional(isString),
  problem: optional(isProblem),
});
