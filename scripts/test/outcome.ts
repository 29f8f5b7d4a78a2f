/** How a suite ended. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Sentences that say why something was skipped, or failed without a test that says so. */
  readonly notes: readonly string[];
}

export const nothing: Outcome = { passed: 0, failed: 0, skipped: 0, notes: [] };
export const onePassed: Outcome = { ...nothing, passed: 1 };

/** One failure that no test reported. */
export const failure = (note: string): Outcome => ({ ...nothing, failed: 1, notes: [note] });

export const sum = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
      notes: [...a.notes, ...b.notes],
    }),
    nothing,
  );

/**
 * The outcome of a suite whose host could not be installed: under CI everything must be there, elsewhere the
 * suite is skipped.
 */
export const unavailable = (why: string): Outcome =>
  process.env.CI === 'true' ? failure(why) : { ...nothing, skipped: 1, notes: [why] };

export const counts = ({ passed, failed, skipped }: Outcome): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
