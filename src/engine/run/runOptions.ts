import type { JobEvent } from '../../protocol/jobEvent';
import type { JobRecorder } from '../../jobs/recorder';
import type { InsightSubscription } from '../insights/subscription';
import type { RunControl } from './control';
import type { Prepared, RunSettings } from './prepare';

export interface RunOptions {
  readonly settings: RunSettings;
  readonly control: RunControl;
  readonly recorder: JobRecorder;
  /** Hears every event after it was recorded. */
  readonly emit: (event: JobEvent) => void;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
  /** What the job's recipe asks for, when the caller has prepared it already. */
  readonly prepared?: Prepared;
  /** Asked before a device begins; what it throws is how the run ends. */
  readonly accept?: (prepared: Prepared) => Promise<void>;
  /** What someone looks at beside the painting. */
  readonly subscription?: InsightSubscription;
  readonly onPause?: () => void | Promise<void>;
  readonly onContinue?: () => void | Promise<void>;
}

/** How a run ended. */
export type Outcome = Extract<JobEvent, { event: 'done' | 'stopped' | 'failed' }>;
