import type { JobEvent } from '../../protocol/jobEvent';
import type { JobState } from '../../jobs/state';
import type { Reporter } from './reporter';
import { deviceLine, lossLine, progressLine } from './wording';

/** A line of progress at most this often, for logs. */
const INTERVAL_MS = 2000;

/** Lines of text, for output that is not a terminal. */
export class PlainReporter implements Reporter {
  private printedAt = -Infinity;

  constructor(private readonly print: (line: string) => void) {}

  event(event: JobEvent, state: JobState): void {
    const first = event.event === 'step' && state.step === 1;
    const last = event.event === 'step' && state.step === state.totalSteps;
    const due = event.event === 'step' && performance.now() - this.printedAt >= INTERVAL_MS;
    const change = deviceLine(event);
    if (change !== undefined) this.print(`${change}\n`);
    if ((first || last || due) && state.losses !== undefined) {
      this.printedAt = performance.now();
      this.print(`${progressLine(state)}   ${lossLine(state.losses)}\n`);
    }
  }

  close(): void {
    // Lines stay.
  }
}
