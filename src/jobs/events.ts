import type { ErrorReport } from '../common/errors';
import type { Losses, Strengths } from '../nst/objective';
import type { Message } from '../common/messages';

/** One level of the pyramid as it is announced: width, height, and the steps planned there. */
export interface PlannedScale {
  readonly scale: readonly [number, number];
  readonly steps: number;
}

/**
 * What happens to a job, in the order it happens. Events are the only way a job's state changes
 * (`reduceJob`); the engine sends them, the CLI prints them, the job folder records them.
 */
export type JobEvent =
  | {
      readonly event: 'queued';
      /** ISO 8601. */
      readonly at: string;
      /** What it waits for, when it cannot begin at once: another job here, or an engine of another window. */
      readonly behind?: 'job' | 'engine';
    }
  | {
      readonly event: 'started';
      readonly at: string;
      /** By name: cpu, wasm, … */
      readonly device: string;
      /** The same for people: "CPU, 2 threads". */
      readonly deviceTitle: string;
      /** Why it is not the device that was to be expected, if so. */
      readonly deviceReason?: Message;
      /** 0 for a fresh run; steps after it, recorded before a crash, are void. */
      readonly resumedAtStep: number;
      /** Every scale, coarse to fine. */
      readonly plan: readonly PlannedScale[];
    }
  | {
      readonly event: 'scale';
      /** Width and height of the scale that begins. */
      readonly scale: readonly [number, number];
      readonly index: number;
      readonly count: number;
      /** Steps planned at this scale and over all scales. */
      readonly steps: number;
      readonly totalSteps: number;
    }
  | {
      readonly event: 'step';
      readonly scale: readonly [number, number];
      /** Counts over all scales, from 1. */
      readonly step: number;
      /** Objective evaluations since the job began. */
      readonly evaluations: number;
      /** Computing time since the job began, pauses left out. */
      readonly seconds: number;
      readonly losses: Losses;
    }
  /** A preview is in the job folder, `file` relative to it, with forward slashes. */
  | {
      readonly event: 'frame';
      readonly file: string;
      readonly step: number;
      readonly scale: readonly [number, number];
    }
  | { readonly event: 'checkpoint'; readonly step: number }
  | { readonly event: 'retuned'; readonly step: number; readonly strengths: Strengths }
  | { readonly event: 'paused'; readonly step: number }
  | { readonly event: 'continued'; readonly step: number }
  /** The device failed or could not be used; the job goes on with another. */
  | {
      readonly event: 'device';
      readonly device: string;
      readonly deviceTitle: string;
      readonly reason: Message;
    }
  | {
      readonly event: 'done';
      /** Absolute path of the saved result. */
      readonly output: string;
      readonly device: string;
      readonly seconds: number;
      readonly peakRssMiB: number;
    }
  /** Stopped by the user; `output` when a picture was kept. A checkpoint is in the folder. */
  | { readonly event: 'stopped'; readonly step: number; readonly output?: string }
  /** The engine went away under the job. `resuming`: its client starts another and goes on from the checkpoint. */
  | { readonly event: 'interrupted'; readonly error: ErrorReport; readonly resuming: boolean }
  /** `kept`: absolute path of the finished picture in the job folder, when only saving it failed. */
  | { readonly event: 'failed'; readonly error: ErrorReport; readonly kept?: string };
