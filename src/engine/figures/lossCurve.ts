/** `relative`: the loss over that of the start. `content`, `style`: means over the picture's own layers. */
export type LossCurveName = 'relative' | 'content' | 'style';

/** How a picture came about: what it cost, and how its losses fell. */
export interface LossCurve {
  /** Computing time. */
  readonly seconds: number;
  readonly evaluations: number;
  /** Evaluations until each point of the curves. */
  readonly at: readonly number[];
  /** Curves by name, as many values as points. */
  readonly losses: Readonly<Partial<Record<LossCurveName, readonly number[]>>>;
}

/** Points that a curve keeps: more are not seen in a drawing. */
const POINTS = 200;

/** Records a loss curve while a picture is made, and the time in which nothing else was done. */
export class LossCurveRecorder {
  private readonly at: number[];
  private readonly losses: Partial<Record<LossCurveName, number[]>>;
  private seconds: number;

  /**
   * @param before what an earlier part of the same picture noted
   * @param since when the work began, in milliseconds
   */
  constructor(
    private readonly before?: LossCurve,
    private since = performance.now(),
  ) {
    this.at = [...(before?.at ?? [])];
    this.losses = Object.fromEntries(
      Object.entries(before?.losses ?? {}).map(([name, values]) => [name, [...values]]),
    );
    this.seconds = before?.seconds ?? 0;
  }

  /** The clock runs from here. */
  resume(): void {
    this.since = performance.now();
  }

  /** The clock stands until `goOn`. */
  pause(): void {
    this.seconds += (performance.now() - this.since) / 1000;
  }

  /** @param evaluations of this part so far */
  add(evaluations: number, losses: Readonly<Partial<Record<LossCurveName, number>>>): void {
    this.at.push((this.before?.evaluations ?? 0) + evaluations);
    for (const [name, value] of Object.entries(losses) as [LossCurveName, number][])
      // Four digits are more than a drawing shows, and keep the index small.
      (this.losses[name] ??= []).push(Number(value.toPrecision(4)));
  }

  get lossCurve(): LossCurve {
    const kept = spread(this.at.length);
    const thin = (values: readonly number[]) => kept.map(i => values[i] ?? NaN);
    return {
      seconds: Math.round(this.seconds * 100) / 100,
      evaluations: this.at.at(-1) ?? 0,
      at: thin(this.at),
      losses: Object.fromEntries(Object.entries(this.losses).map(([name, values]) => [name, thin(values)])),
    };
  }
}

/** Indices of at most `POINTS` of so many points, with the first and the last. */
function spread(count: number): number[] {
  if (count <= POINTS) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: POINTS }, (_, i) => Math.round((i * (count - 1)) / (POINTS - 1)));
}
