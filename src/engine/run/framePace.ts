/** Two or three previews a second are enough for the eye, and cheap. */
const INTERVAL_MS = 380;

/** Where steps allow it, the next preview is never further away than this: two a second, with a little to spare. */
const LONGEST_MS = 480;

/**
 * Which steps to show. A step comes when it comes: with steps of 300 ms, waiting for the interval would mean waiting
 * for the second step, and fewer than two previews a second.
 */
export class FramePace {
  private shownAt = -Infinity;
  private offeredAt = -Infinity;

  /**
   * Whether to show the step that has just been taken, given that the next one takes as long.
   * @param now milliseconds on a clock that does not jump
   */
  isDue(now: number): boolean {
    const step = now - this.offeredAt;
    this.offeredAt = now;
    const since = now - this.shownAt;
    return since >= INTERVAL_MS || since + step > LONGEST_MS;
  }

  /** A step is shown. */
  shown(now: number): void {
    this.shownAt = now;
  }
}
