import type { ErrorReport } from '../common/errors';
import type { Losses, Strengths } from '../nst/objective';
import type { JobEvent, PlannedScale } from '../protocol/jobEvent';
import { emptyHistory, extendHistory, truncateHistory, type LossHistory } from './history';
import type { Message } from '../common/messages';
import { stepsLeft } from './progress';

export const JOB_STATUSES = [
  'queued',
  'running',
  'paused',
  'stopped',
  'interrupted',
  'done',
  'failed',
] as const;

/** `interrupted`: its engine died or was killed; a checkpoint may be there, and it can be resumed. */
export type JobStatus = (typeof JOB_STATUSES)[number];

/** A preview: a file relative to the job folder, and what it shows. */
export interface Frame {
  readonly file: string;
  readonly step: number;
  readonly scale: readonly [number, number];
}

/** A change of strengths while the job ran; charts mark it. */
export interface Retuning {
  readonly step: number;
  readonly strengths: Strengths;
}

/** Where a job stands: all that a view needs to show it, small enough to send whole. */
export interface JobState {
  readonly status: JobStatus;
  readonly queuedAt?: string;
  readonly behind?: 'job' | 'engine';
  readonly startedAt?: string;
  /** The device that really computes: its name, and in words. */
  readonly device?: string;
  readonly deviceTitle?: string;
  /** Why it is not the device that was to be expected: another failed, or cannot be used. */
  readonly deviceReason?: Message;
  readonly plan: readonly PlannedScale[];
  /** Index into `plan` of the current scale. */
  readonly scaleIndex: number;
  /** How many scales are painted, where a person has asked for fewer than the recipe. */
  readonly scales?: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly evaluations: number;
  /** Computing time, pauses left out. */
  readonly seconds: number;
  /** Smoothed over the latest steps of the current scale; absent before the second of them. */
  readonly secondsPerStep?: number;
  /** `seconds` at the latest step of the current scale; the first one's own duration tells nothing. */
  readonly steppedAt?: number;
  /** Estimated computing time left. */
  readonly secondsLeft?: number;
  /** Of the latest step. */
  readonly losses?: Losses;
  readonly history: LossHistory;
  /** Oldest first; thinned out when there are too many. */
  readonly frames: readonly Frame[];
  readonly retunings: readonly Retuning[];
  readonly checkpointStep?: number;
  readonly output?: string;
  /** The finished picture in the job folder, when saving it elsewhere failed. */
  readonly kept?: string;
  readonly peakRssMiB?: number;
  readonly error?: ErrorReport;
}

/** More frames than this are thinned to every second one; the first and the latest stay. */
export const MAX_FRAMES = 240;

export const initialState: JobState = {
  status: 'queued',
  plan: [],
  scaleIndex: 0,
  step: 0,
  totalSteps: 0,
  evaluations: 0,
  seconds: 0,
  history: emptyHistory,
  frames: [],
  retunings: [],
};

/** Whether the job holds, or waits for, an engine. */
export function isActive({ status }: Pick<JobState, 'status'>): boolean {
  return status === 'queued' || status === 'running' || status === 'paused';
}

/** The next state; pure. Events that make no sense in a state are taken as they come: the engine knows best. */
export function reduceJob(state: JobState, event: JobEvent): JobState {
  switch (event.event) {
    case 'queued':
      return {
        // Why its engine died can be read until another one paints on.
        ...without(state, 'behind', 'kept', ...(state.status === 'queued' ? [] : (['error'] as const))),
        status: 'queued',
        queuedAt: event.at,
        ...(event.behind === undefined ? {} : { behind: event.behind }),
      };
    case 'started':
      return started(state, event);
    case 'scale':
      return {
        ...without(state, 'secondsPerStep', 'steppedAt'),
        scaleIndex: event.index,
        totalSteps: event.totalSteps,
      };
    case 'step':
      return stepped(state, event);
    case 'frame': {
      const { file, step, scale } = event;
      return { ...state, frames: thinFrames([...state.frames, { file, step, scale }]) };
    }
    case 'checkpoint':
      return { ...state, checkpointStep: event.step };
    case 'retuned': {
      const { step, strengths } = event;
      return { ...state, retunings: [...state.retunings, { step, strengths }] };
    }
    case 'shortened':
      return shortened(state, event.scales);
    case 'paused':
      return { ...state, status: 'paused' };
    case 'continued':
      return { ...state, status: 'running' };
    case 'device':
      return {
        ...state,
        device: event.device,
        deviceTitle: event.deviceTitle,
        deviceReason: event.reason,
      };
    case 'done':
      return {
        ...without(state, 'secondsLeft'),
        status: 'done',
        output: event.output,
        device: event.device,
        seconds: event.seconds,
        peakRssMiB: event.peakRssMiB,
      };
    case 'stopped':
      return {
        ...without(state, 'secondsLeft'),
        status: 'stopped',
        ...(event.output === undefined ? {} : { output: event.output }),
      };
    case 'saved':
      return { ...state, output: event.output };
    case 'interrupted':
      return {
        ...without(state, 'secondsLeft'),
        status: event.resuming ? 'queued' : 'interrupted',
        error: event.error,
      };
    case 'failed':
      return {
        ...without(state, 'secondsLeft'),
        status: 'failed',
        error: event.error,
        ...(event.kept === undefined ? {} : { kept: event.kept }),
      };
  }
}

/** What a run that starts anew leaves behind. */
const OF_EARLIER_RUNS = [
  'behind',
  'error',
  'kept',
  'output',
  'deviceReason',
  'secondsPerStep',
  'secondsLeft',
  'steppedAt',
] as const;

function started(state: JobState, event: JobEvent & { event: 'started' }): JobState {
  const { at, device, deviceTitle, deviceReason, plan, resumedAtStep: from } = event;
  return {
    ...without(state, ...OF_EARLIER_RUNS),
    status: 'running',
    startedAt: at,
    device,
    deviceTitle,
    ...(deviceReason === undefined ? {} : { deviceReason }),
    plan,
    step: from,
    totalSteps: stepsOf(plan),
    history: truncateHistory(state.history, from),
    frames: state.frames.filter(({ step }) => step <= from),
    retunings: state.retunings.filter(({ step }) => step <= from),
  };
}

function shortened(state: JobState, scales: number): JobState {
  const plan = state.plan.slice(0, scales);
  const next = { ...state, scales, plan, totalSteps: stepsOf(plan) };
  if (state.secondsPerStep === undefined) return next;
  return { ...next, secondsLeft: state.secondsPerStep * stepsLeft(next) };
}

function stepsOf(plan: readonly PlannedScale[]): number {
  return plan.reduce((sum, { steps }) => sum + steps, 0);
}

/** Weight of the latest step in the smoothed duration. */
const SMOOTHING = 0.15;

function stepped(state: JobState, event: JobEvent & { event: 'step' }): JobState {
  const { step, evaluations, seconds, losses } = event;
  const last = state.steppedAt === undefined ? undefined : seconds - state.steppedAt;
  const before = state.secondsPerStep ?? last;
  const secondsPerStep =
    last === undefined || before === undefined ? undefined : before + SMOOTHING * (last - before);
  const next: JobState = {
    ...state,
    steppedAt: seconds,
    step,
    evaluations,
    seconds,
    losses,
    history: extendHistory(state.history, event),
  };
  if (secondsPerStep === undefined) return next;
  return { ...next, secondsPerStep, secondsLeft: secondsPerStep * stepsLeft(next) };
}

function thinFrames(frames: readonly Frame[]): readonly Frame[] {
  if (frames.length <= MAX_FRAMES) return frames;
  return frames.filter((_, index) => index % 2 === 0 || index === frames.length - 1);
}

function without<K extends keyof JobState>(state: JobState, ...keys: K[]): Omit<JobState, K> {
  const rest: Partial<JobState> = { ...state };
  for (const key of keys) Reflect.deleteProperty(rest, key);
  return rest as Omit<JobState, K>;
}
