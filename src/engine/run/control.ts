import type { Tuning } from '../../protocol/request';
import { mergedTuning } from './tuning';

/** Thrown through a run between two evaluations, to end it where it is. */
export class StopSignal extends Error {
  /** @param keep whether the picture is saved as it is */
  constructor(readonly keep: boolean) {
    super('stopped');
    this.name = 'StopSignal';
  }
}

/** Told when a run really holds still, and when it goes on. */
export interface PauseListener {
  paused(): void | Promise<void>;
  continued(): void | Promise<void>;
}

/** What people want of a run while it runs. Requests come at any time and act at the next `gate`. */
export class RunControl {
  private stopping: StopSignal | undefined;
  private pausing = false;
  private finishing = false;
  private wake: () => void = () => undefined;
  private tuning: Tuning | undefined;

  pause(): void {
    this.pausing = true;
  }

  continue(): void {
    this.pausing = false;
    this.wake();
  }

  /** @param keep whether the picture is saved as it is */
  stop(keep: boolean): void {
    this.stopping ??= new StopSignal(keep);
    this.wake();
  }

  /** Has the run end with the scale that it is at; it does not hold still for that. */
  finish(): void {
    this.finishing = true;
    this.continue();
  }

  get isFinishing(): boolean {
    return this.finishing;
  }

  get isStopping(): boolean {
    return this.stopping !== undefined;
  }

  /** Later requests win, where they are about the same. */
  retune(tuning: Tuning): void {
    this.tuning = mergedTuning(this.tuning ?? {}, tuning);
  }

  /** The changes asked for since the last call. */
  takeTuning(): Tuning | undefined {
    const { tuning } = this;
    this.tuning = undefined;
    return tuning;
  }

  /**
   * Passed before every evaluation. Lets the event loop turn, so that messages and signals arrive, and holds while
   * the run is paused.
   * @throws StopSignal
   */
  async gate(listener: PauseListener): Promise<void> {
    await new Promise<void>(resolve => setImmediate(resolve));
    this.throwIfStopping();
    if (!this.pausing) return;
    await listener.paused();
    while (this.pausing && !this.isStopping) await new Promise<void>(resolve => (this.wake = resolve));
    await listener.continued();
    this.throwIfStopping();
  }

  private throwIfStopping(): void {
    if (this.stopping !== undefined) throw this.stopping;
  }
}
