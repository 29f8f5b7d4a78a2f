import type { HistoryPoint, LossHistory } from '../../../jobs/history';

/** What the curves are drawn against. */
export type TimeAxis = 'evaluations' | 'seconds';

/** Columns for the chart: x first, then a column a series; null where a curve has no point. */
export type Table = readonly [readonly number[], ...(readonly (number | null)[])[]];

type Place = TimeAxis | 'step';
const PLACES: readonly Place[] = ['step', 'evaluations', 'seconds'];

/** Smallest and largest value of a series in each bucket, and whether the smallest came first. */
interface Band {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly rising: Uint8Array;
}

/**
 * Loss curves of any length in memory of fixed size. Steps fall into buckets of `stride` steps; when the buckets
 * are used up, neighbours merge and the stride doubles. A bucket keeps the extremes of each series, so that
 * a spike is never averaged away.
 */
export class LossCurves {
  private stride = 1;
  private used = 0;
  /** Steps in the last bucket. */
  private filling = 0;
  private readonly first: Record<Place, Float64Array>;
  private readonly last: Record<Place, Float64Array>;
  private readonly bands = new Map<string, Band>();
  private latestPoint: HistoryPoint | undefined;

  /** @param capacity buckets at most; even */
  constructor(private readonly capacity = 1024) {
    const column = () => new Float64Array(capacity);
    this.first = { step: column(), evaluations: column(), seconds: column() };
    this.last = { step: column(), evaluations: column(), seconds: column() };
  }

  static of(history: LossHistory, capacity?: number): LossCurves {
    const curves = new LossCurves(capacity);
    const at = (columns: LossHistory['terms'], index: number) =>
      Object.fromEntries(Object.entries(columns).map(([id, column]) => [id, column[index] ?? NaN]));
    history.steps.forEach((step, index) => {
      curves.push({
        step,
        evaluations: history.evaluations[index] ?? step,
        seconds: history.seconds[index] ?? 0,
        losses: { terms: at(history.terms, index), total: history.total[index] ?? NaN },
      });
    });
    return curves;
  }

  /** Names of the series in the order to draw and list them: the total, then each term by its id. */
  get series(): readonly string[] {
    return [...this.bands.keys()];
  }

  /** Buckets in use. */
  get size(): number {
    return this.used;
  }

  get latest(): HistoryPoint | undefined {
    return this.latestPoint;
  }

  push(point: HistoryPoint): void {
    if (this.filling >= this.stride || this.used === 0) {
      if (this.used === this.capacity) this.merge();
      if (this.filling >= this.stride || this.used === 0) this.open(point);
    }
    const bucket = this.used - 1;
    for (const place of PLACES) this.last[place][bucket] = point[place];
    this.note('total', bucket, point.losses.total);
    for (const [id, value] of Object.entries(point.losses.terms)) this.note(id, bucket, value);
    this.filling++;
    this.latestPoint = point;
  }

  /** The curves as columns, two points a bucket once buckets hold more than a step. @param log drops values <= 0 */
  table(axis: TimeAxis, log: boolean): Table {
    const single = this.stride === 1;
    const x: number[] = [];
    for (let i = 0; i < this.used; i++) {
      x.push(at(this.first[axis], i));
      if (!single) x.push(at(this.last[axis], i));
    }
    const shown = (value: number) => (Number.isNaN(value) || (log && value <= 0) ? null : value);
    const columns = [...this.bands.values()].map(({ low, high, rising }) => {
      const column: (number | null)[] = [];
      for (let i = 0; i < this.used; i++) {
        const [a, b] = rising[i] === 1 ? [low, high] : [high, low];
        column.push(shown(at(a, i)));
        if (!single) column.push(shown(at(b, i)));
      }
      return column;
    });
    return [x, ...columns];
  }

  /** Where a step lies on the axis, interpolated; undefined outside of what is recorded. */
  position(step: number, axis: TimeAxis): number | undefined {
    let before: readonly [number, number] | undefined;
    for (let i = 0; i < this.used; i++) {
      for (const side of [this.first, this.last]) {
        const here = [at(side.step, i), at(side[axis], i)] as const;
        if (here[0] === step) return here[1];
        if (here[0] > step) {
          if (before === undefined) return undefined;
          const share = (step - before[0]) / (here[0] - before[0]);
          return before[1] + share * (here[1] - before[1]);
        }
        before = here;
      }
    }
    return undefined;
  }

  private open(point: HistoryPoint): void {
    const bucket = this.used++;
    for (const place of PLACES) this.first[place][bucket] = point[place];
    for (const { low, high, rising } of this.bands.values()) {
      low[bucket] = NaN;
      high[bucket] = NaN;
      rising[bucket] = 0;
    }
    this.filling = 0;
  }

  private note(name: string, bucket: number, value: number): void {
    const { low, high, rising } = this.band(name);
    if (Number.isNaN(value)) return;
    // Comparisons with NaN are false: the first value of a bucket sets both.
    if (!(value >= at(low, bucket))) {
      low[bucket] = value;
      rising[bucket] = 0;
    }
    if (!(value <= at(high, bucket))) {
      high[bucket] = value;
      rising[bucket] = 1;
    }
  }

  private band(name: string): Band {
    let band = this.bands.get(name);
    if (band === undefined) {
      const column = () => new Float64Array(this.capacity).fill(NaN);
      band = { low: column(), high: column(), rising: new Uint8Array(this.capacity) };
      this.bands.set(name, band);
    }
    return band;
  }

  private merge(): void {
    const half = this.capacity / 2;
    for (let i = 0; i < half; i++) {
      for (const place of PLACES) {
        this.first[place][i] = at(this.first[place], 2 * i);
        this.last[place][i] = at(this.last[place], 2 * i + 1);
      }
      for (const band of this.bands.values()) mergeBuckets(band, i);
    }
    this.used = half;
    this.filling = this.stride * 2;
    this.stride *= 2;
  }
}

function mergeBuckets({ low, high, rising }: Band, i: number): void {
  const [a, b] = [2 * i, 2 * i + 1];
  const lowIn = at(low, b) < at(low, a) || Number.isNaN(at(low, a)) ? b : a;
  const highIn = at(high, b) > at(high, a) || Number.isNaN(at(high, a)) ? b : a;
  rising[i] = lowIn === highIn ? (rising[lowIn] ?? 0) : lowIn < highIn ? 1 : 0;
  low[i] = at(low, lowIn);
  high[i] = at(high, highIn);
}

function at(column: Float64Array, index: number): number {
  return column[index] ?? NaN;
}
