import * as z from 'zod/mini';
import { messageSchema } from '../common/messageSchema';
import { errorReport } from './errorReport';
import { amount, counter, losses, name, text, weights, type Of } from './schema';

/** Width and height of a scale of the pyramid. */
const scale = z.tuple([counter, counter]);

/** One level of the pyramid as it is announced: width, height, and the steps planned there. */
const plannedScale = z.object({ scale, steps: counter });
export type PlannedScale = Of<typeof plannedScale>;

/** What a job or figure waits for, when it cannot begin at once: another one here, or an engine of another window. */
export const behind = z.enum(['job', 'engine']);

/**
 * What happens to a job, in the order it happens. Events are the only way a job's state changes
 * (`reduceJob`); the engine sends them, the CLI prints them, the job folder records them.
 */
export const jobEvent = z.discriminatedUnion('event', [
  /** `at` is ISO 8601. */
  z.object({ event: z.literal('queued'), at: text, behind: z.exactOptional(behind) }),
  z.object({
    event: z.literal('started'),
    at: text,
    /** By name: cpu, wasm, … */
    device: text,
    /** The same for people: "CPU, 2 threads". */
    deviceTitle: text,
    /** Why it is not the device that was to be expected, if so. */
    deviceReason: z.exactOptional(messageSchema),
    /** 0 for a fresh run; steps after it, recorded before a crash, are void. */
    resumedAtStep: counter,
    /** Every scale, coarse to fine. */
    plan: z.array(plannedScale),
  }),
  z.object({
    event: z.literal('scale'),
    /** The one that begins. */
    scale,
    index: counter,
    count: counter,
    /** Planned at this scale and over all scales. */
    steps: counter,
    totalSteps: counter,
  }),
  z.object({
    event: z.literal('step'),
    scale,
    /** Counts over all scales, from 1. */
    step: counter,
    /** Of the objective since the job began. */
    evaluations: counter,
    /** Computing time since the job began, pauses left out. */
    seconds: amount,
    losses,
  }),
  /** A preview is in the job folder, `file` relative to it, with forward slashes. */
  z.object({ event: z.literal('frame'), file: name, step: counter, scale }),
  z.object({ event: z.literal('checkpoint'), step: counter }),
  /** `strengths`: α·(weight of a content layer), β·w_l and γ, by term. */
  z.object({ event: z.literal('retuned'), step: counter, strengths: weights }),
  /** It ends with the scale that it is at: so many of the planned ones are painted. */
  z.object({ event: z.literal('shortened'), scales: counter }),
  z.object({ event: z.literal('paused'), step: counter }),
  z.object({ event: z.literal('continued'), step: counter }),
  /** The device failed or could not be used; the job goes on with another. */
  z.object({ event: z.literal('device'), device: text, deviceTitle: text, reason: messageSchema }),
  /** `output`: absolute path of the saved result. */
  z.object({ event: z.literal('done'), output: name, device: text, seconds: amount, peakRssMiB: amount }),
  /** Stopped by the user; `output` when a picture was kept. A checkpoint is in the folder. */
  z.object({ event: z.literal('stopped'), step: counter, output: z.exactOptional(name) }),
  /** A person has saved the picture that only the job folder had. */
  z.object({ event: z.literal('saved'), output: name }),
  /** The engine went away under the job. `resuming`: its client starts another and goes on from the checkpoint. */
  z.object({ event: z.literal('interrupted'), error: errorReport, resuming: z.boolean() }),
  /** `kept`: absolute path of the finished picture in the job folder, when only saving it failed. */
  z.object({ event: z.literal('failed'), error: errorReport, kept: z.exactOptional(name) }),
]);
export type JobEvent = Of<typeof jobEvent>;
