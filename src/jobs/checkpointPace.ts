/** Share of the time that checkpoints may take. */
const MAX_SHARE = 0.03;

/** Checkpoints are no closer than this, however cheap they are. */
const MIN_INTERVAL = 2;

/**
 * When to write a checkpoint: as often as their cost allows, so that little is lost and little time is spent. With
 * a write of 0.3 s that is every 10 s.
 */
export class CheckpointPace {
  /** The first is due at once: it is small, and nothing is lost from then on. */
  private interval = 0;

  /** @param last when the last one was written, or the run began; seconds on any clock that does not jump */
  constructor(private last: number) {}

  isDue(now: number): boolean {
    return now - this.last >= this.interval;
  }

  /** A checkpoint was written from `begin` to `end`. */
  written(begin: number, end: number): void {
    this.last = end;
    this.interval = Math.max(MIN_INTERVAL, (end - begin) / MAX_SHARE);
  }
}
