import type { JobEvent } from '../../protocol/jobEvent';
import type { JobState } from '../../jobs/state';

/** Shows a run to whoever started it. */
export interface Reporter {
  /** @param state after the event */
  event(event: JobEvent, state: JobState): void;
  /** Takes away what should not stay on the screen. */
  close(): void;
}
