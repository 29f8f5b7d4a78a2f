import { readJob } from '../../jobs/folder';
import { prepare, type RunSettings } from '../run/prepare';
import { StudyDesk } from './scheduler';
import { RestingPicture } from './idleImage';
import type { StudyWish } from './subscription';

/**
 * Studies the job that someone looks at while nothing is painted, until it is done, or the wish changes.
 * @param goOn asked between two pieces of work; also the place where the event loop turns
 */
export async function studyAtRest(
  wish: StudyWish,
  settings: RunSettings,
  goOn: () => Promise<boolean>,
): Promise<void> {
  const folder = wish.current?.job;
  if (folder === undefined) return;
  const job = readJob(folder);
  const prepared = await prepare(job.recipe, settings);
  const desk = new StudyDesk(folder, prepared, finding => wish.tell(folder, finding));
  const picture = new RestingPicture(job, prepared);
  try {
    for (let study = wish.of(folder); study !== undefined && (await goOn()); study = wish.of(folder)) {
      if (!(await desk.after(study, picture))) return;
    }
  } finally {
    await desk.dispose();
    await picture.dispose();
    await prepared.device.executor.dispose();
  }
}
