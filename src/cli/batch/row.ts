import type { ErrorReport } from '../../common/errors';

/** What has become of one picture of a batch. */
export interface BatchRow {
  /** From 0, in the order in which the pictures were named. */
  readonly index: number;
  readonly status: 'done' | 'skipped' | 'failed';
  /** Absolute path. */
  readonly content: string;
  /** For people: "wave", "mosaic+wave". */
  readonly style: string;
  /** Absolute path; absent where it failed. */
  readonly output?: string;
  /** Computing time, where it was painted now. */
  readonly seconds?: number;
  readonly error?: ErrorReport;
}

/** How many pictures came to which end. */
export type BatchTotals = Readonly<Record<BatchRow['status'], number>>;
