import type { JobEvent } from '../../protocol/jobEvent';
import { grouped } from '../../nst/terms/term';
import type { Reporter } from './reporter';
import { toJson } from './json';

/** One JSON object a line: the steps, and how it ended. The form is fixed: scripts read it. */
export class JsonReporter implements Reporter {
  constructor(private readonly print: (line: string) => void) {}

  event(event: JobEvent): void {
    switch (event.event) {
      case 'step': {
        const { scale, step, evaluations, seconds, losses } = event;
        this.line({
          event: 'step',
          scale,
          step,
          evaluations,
          seconds,
          losses: { ...grouped(losses.terms), total: losses.total },
        });
        return;
      }
      case 'done': {
        const { output, device, seconds, peakRssMiB } = event;
        this.line({ event: 'done', output, device, seconds, peakRssMiB });
        return;
      }
      case 'stopped':
      case 'failed':
        this.line(event);
        return;
      default:
    }
  }

  close(): void {
    // Nothing stays on a screen.
  }

  private line(value: unknown): void {
    this.print(`${toJson(value)}\n`);
  }
}
