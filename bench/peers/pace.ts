/** Evaluations whose pace stands for all that come after those that were timed. */
const LATEST = 20;

/**
 * Seconds until the loss of evaluation `count` of a descent is known, from those at which the first ones were: beyond
 * them it goes on at the pace of the last twenty. Infinity for Infinity.
 */
export function secondsAt(timed: readonly number[], count: number): number {
  const known = timed[count - 1];
  if (known !== undefined) return known;
  const last = timed.at(-1)!;
  const pace = (last - timed.at(-1 - LATEST)!) / LATEST;
  return last + pace * (count - timed.length);
}
