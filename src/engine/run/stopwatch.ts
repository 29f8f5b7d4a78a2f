/** Computing time: a stopwatch that can hold. In seconds. */
export class Stopwatch {
  private since = performance.now() / 1000;
  private running = true;

  /** @param elapsed what an earlier run of the same job has spent */
  constructor(private elapsed = 0) {}

  get seconds(): number {
    return this.elapsed + (this.running ? performance.now() / 1000 - this.since : 0);
  }

  pause(): void {
    this.elapsed = this.seconds;
    this.running = false;
  }

  resume(): void {
    this.since = performance.now() / 1000;
    this.running = true;
  }
}
