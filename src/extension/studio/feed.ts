import type { HistoryPoint } from '../../jobs/history';
import type { Frame, StudioUpdate } from '../../protocol/studio';
import type { Status } from '../../protocol/run';

/** Steps wait at most this long for a preview to travel with, in milliseconds. */
const GATHER_MS = 500;

/**
 * Gathers what happens to a run into a few messages a second, however fast its steps are: previews, which the engine
 * paces, are shown at once, and take the steps along. A message makes the page draw, on the processors that paint.
 */
export class Feed {
  private points: HistoryPoint[] = [];
  private frames: Frame[] = [];
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param send posts a message to the panel
   * @param status is asked when a message goes out, so that it is current
   */
  constructor(
    private readonly send: (update: StudioUpdate) => void,
    private readonly status: () => Status | undefined,
  ) {}

  step(point: HistoryPoint): void {
    this.points.push(point);
    this.later();
  }

  frame(frame: Frame): void {
    this.frames.push(frame);
    this.flush();
  }

  /** The status changed in a way that people wait for: it goes out now, after what was gathered. */
  flush(): void {
    const { points, frames } = this;
    this.clear();
    const status = this.status();
    this.send({ type: 'progress', points, frames, status });
  }

  /** Forgets what was gathered: a snapshot that holds all of it is about to be sent, or nobody looks. */
  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.points = [];
    this.frames = [];
  }

  private later(): void {
    this.timer ??= setTimeout(() => {
      this.flush();
    }, GATHER_MS);
  }
}
