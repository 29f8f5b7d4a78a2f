import type { BatchItem } from './item';
import type { BatchRow, BatchTotals } from './row';

/** Shows a batch to whoever started it. */
export interface BatchReporter {
  /** @param worker who paints it, where there are several */
  started(item: BatchItem, worker: string | undefined): void;
  progress(item: BatchItem, step: number, totalSteps: number): void;
  ended(row: BatchRow): void;
  /** Takes away what should not stay on the screen. */
  close(): void;
}

/** Passes on what is reported, counts it and keeps it for the summary. */
export class Tally implements BatchReporter {
  readonly rows: BatchRow[] = [];
  private readonly counts: Record<BatchRow['status'], number> = { done: 0, skipped: 0, failed: 0 };

  constructor(private readonly shown: BatchReporter) {}

  get totals(): BatchTotals {
    return this.counts;
  }

  started(item: BatchItem, worker: string | undefined): void {
    this.shown.started(item, worker);
  }

  progress(item: BatchItem, step: number, totalSteps: number): void {
    this.shown.progress(item, step, totalSteps);
  }

  ended(row: BatchRow): void {
    this.counts[row.status] += 1;
    this.rows.push(row);
    this.shown.ended(row);
  }

  close(): void {
    this.shown.close();
  }
}
