import { readJob } from '../../jobs/folder';
import { prepare, type RunSettings } from '../run/prepare';
import { InsightScheduler } from './scheduler';
import { IdleJobImage } from './idleJobImage';
import type { InsightSubscription } from './subscription';

/**
 * Computes the insights that someone looks at while nothing is painted, until all are known or the subscription changes.
 * @param shouldContinue asked between two pieces of work; also the place where the event loop turns
 */
export async function computeIdleInsights(
  subscription: InsightSubscription,
  settings: RunSettings,
  shouldContinue: () => Promise<boolean>,
): Promise<void> {
  const folder = subscription.current?.job;
  if (folder === undefined) return;
  const job = readJob(folder);
  const prepared = await prepare(job.recipe, settings);
  const scheduler = new InsightScheduler(folder, prepared, insight => subscription.publish(folder, insight));
  const picture = new IdleJobImage(job, prepared);
  try {
    for (
      let kind = subscription.of(folder);
      kind !== undefined && (await shouldContinue());
      kind = subscription.of(folder)
    ) {
      if (!(await scheduler.whileIdle(kind, picture))) return;
    }
  } finally {
    await scheduler.dispose();
    await picture.dispose();
    await prepared.device.executor.dispose();
  }
}
