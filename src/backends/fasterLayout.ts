import type { Executor } from '../nst/executor';
import type { Backend, Opened } from './backend';
import type { MapLayout } from './device';
import { PROBE_SIDE } from './probe';
import { compareExecutors, disagreement, timeEvaluation } from './selfCheck';

/** An evaluation of the built-in network that takes longer, in milliseconds, is none of a card: no layout would help. */
const MOST_MS = 1500;

/** A gain that is not the clock's. */
const WORTH_IT = 0.95;

/**
 * The order of maps in which the device is faster than in its library's own, with what an evaluation takes in it; nothing
 * where there is no choice, or none that is both right and faster.
 * @param ms what an evaluation takes in the library's own order
 */
export async function fasterLayout(
  { layouts = ['NHWC'] }: Pick<Backend, 'layouts'>,
  ms: number,
  reference: Executor<unknown>,
  open: (layout: MapLayout) => Promise<Opened>,
): Promise<{ readonly ms: number; readonly layout: MapLayout } | undefined> {
  const [, ...others] = layouts;
  let best: { readonly ms: number; readonly layout: MapLayout } | undefined;
  for (const layout of ms > MOST_MS ? [] : others) {
    try {
      const { executor, rounds } = await open(layout);
      const wrong = disagreement(await compareExecutors(executor, reference), rounds);
      const taken = wrong === undefined ? await timeEvaluation(executor, PROBE_SIDE) : Infinity;
      await executor.dispose();
      if (taken < WORTH_IT * (best?.ms ?? ms)) best = { ms: taken, layout };
    } catch {
      // The library's own order works.
    }
  }
  return best;
}
