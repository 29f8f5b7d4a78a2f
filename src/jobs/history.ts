import type { Losses } from '../nst/objective';

/**
 * Losses over steps as columns of equal length, decimated so that a run of any length stays small and is still
 * drawn faithfully.
 */
export interface LossHistory {
  /** Every stride-th step is kept (and the first); a power of two. */
  readonly stride: number;
  readonly steps: readonly number[];
  readonly evaluations: readonly number[];
  readonly seconds: readonly number[];
  readonly total: readonly number[];
  /** By the term's id. */
  readonly terms: Readonly<Record<string, readonly number[]>>;
}

/** One step as it enters the history. */
export interface HistoryPoint {
  readonly step: number;
  readonly evaluations: number;
  readonly seconds: number;
  readonly losses: Losses;
}

/** Points kept at most; reaching it doubles the stride. */
export const MAX_POINTS = 1000;

export const emptyHistory: LossHistory = {
  stride: 1,
  steps: [],
  evaluations: [],
  seconds: [],
  total: [],
  terms: {},
};

/** Appends a step when the stride wants it, and thins the history out when it is full. */
export function extendHistory(history: LossHistory, point: HistoryPoint): LossHistory {
  if (point.step !== 1 && point.step % history.stride !== 0) return history;
  const { losses } = point;
  const extended: LossHistory = {
    stride: history.stride,
    steps: [...history.steps, point.step],
    evaluations: [...history.evaluations, point.evaluations],
    seconds: [...history.seconds, point.seconds],
    total: [...history.total, losses.total],
    terms: extendColumns(history.terms, losses.terms),
  };
  if (extended.steps.length < MAX_POINTS) return extended;
  const stride = extended.stride * 2;
  const kept = extended.steps.map(step => step === 1 || step % stride === 0);
  return { ...filterHistory(extended, index => kept[index] === true), stride };
}

/** Drops what was recorded after `step`. */
export function truncateHistory(history: LossHistory, step: number): LossHistory {
  return filterHistory(history, index => (history.steps[index] ?? Infinity) <= step);
}

function extendColumns(
  columns: LossHistory['terms'],
  values: Readonly<Record<string, number>>,
): LossHistory['terms'] {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, [...(columns[id] ?? []), value]]),
  );
}

function filterHistory(history: LossHistory, keep: (index: number) => boolean): LossHistory {
  const thin = (column: readonly number[]) => column.filter((_, index) => keep(index));
  return {
    stride: history.stride,
    steps: thin(history.steps),
    evaluations: thin(history.evaluations),
    seconds: thin(history.seconds),
    total: thin(history.total),
    terms: Object.fromEntries(Object.entries(history.terms).map(([id, column]) => [id, thin(column)])),
  };
}
