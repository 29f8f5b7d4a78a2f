import type { ErrorReport } from '../common/errors';
import type { Painting } from './painting';

/** What happens to a painting in a queue. */
export type QueueEvent =
  /** `worker`: the name of who paints it, where there are several. */
  | { readonly event: 'started'; readonly id: string; readonly worker?: string }
  | { readonly event: 'progress'; readonly id: string; readonly step: number; readonly totalSteps: number }
  /** Its result can be read. `seconds`: computing time. */
  | { readonly event: 'done'; readonly id: string; readonly seconds: number }
  /** For good: nobody tries again unless somebody asks for it. */
  | { readonly event: 'failed'; readonly id: string; readonly error: ErrorReport }
  | { readonly event: 'cancelled'; readonly id: string };

/** How many paintings stand where. */
export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly done: number;
  readonly failed: number;
  /** Whether nothing more is begun. */
  readonly paused: boolean;
}

/** A painting that failed for good. */
export interface FailedPainting {
  readonly id: string;
  /** For people. */
  readonly title: string;
  readonly error: ErrorReport;
}

/** Paintings that wait for whoever paints them: in this process, or on other machines. */
export interface PaintingQueue {
  /**
   * Adds a painting. One that is there is not added again; one that failed, or whose result is gone, is tried again.
   * What becomes of it is told to the listeners, also when that is known already.
   * @throws what stands in the way of adding it
   */
  add(painting: Painting): Promise<void>;
  /** Takes a painting out, or stops it. */
  cancel(id: string): Promise<void>;
  /** Adds a listener; the function returned removes it. */
  listen(listener: (event: QueueEvent) => void): () => void;
  /**
   * The finished picture, as a PNG.
   * @throws `file-missing` when it is there no more
   */
  result(id: string): Promise<Buffer>;
  /** Says that a result is saved and that this process needs it no more. */
  release(id: string): Promise<void>;
  counts(): Promise<QueueCounts>;
  /** Those that failed, the latest first, from the `from`-th on. */
  failures(from: number, count: number): Promise<readonly FailedPainting[]>;
  /** Begins nothing more; what is being painted goes on. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Takes out all that wait; returns how many. */
  drain(): Promise<number>;
  /** Has all that failed tried again; returns how many. */
  retry(): Promise<number>;
  /** Forgets what is done or failed; returns how many. */
  clean(): Promise<number>;
  /** Lets go. What is being painted in this process is kept at its last step. */
  close(): Promise<void>;
}
