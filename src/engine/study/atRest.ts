import * as path from 'node:path';
import { readImage } from '../../images/decode';
import { readJob } from '../../jobs/folder';
import type { FloatImage } from '../../nst/image';
import { prepare, type RunSettings } from '../prepare';
import { StudyDesk } from './desk';
import type { StudyWish } from './wish';

/**
 * Studies the job that someone looks at while nothing is painted, until it is done, or the wish changes.
 * @param goOn asked between two pieces of work; also the place where the event loop turns
 */
export async function studyAtRest(
  wish: StudyWish,
  settings: RunSettings,
  goOn: () => Promise<boolean>,
): Promise<void> {
  const job = wish.current?.job;
  if (job === undefined) return;
  const { recipe, state } = readJob(job);
  const prepared = await prepare(recipe, settings);
  const desk = new StudyDesk(job, prepared, finding => wish.tell(job, finding));
  const picture = async (): Promise<FloatImage> => {
    const frame = state.frames.at(-1)?.file;
    const { size } = prepared.pictures;
    if (frame === undefined) return prepared.pictures.content(size);
    return (await readImage(path.join(job, frame))).at(size);
  };
  try {
    for (let study = wish.of(job); study !== undefined && (await goOn()); study = wish.of(job)) {
      if (!(await desk.after(study, picture))) return;
    }
  } finally {
    await desk.dispose();
    await prepared.device.executor.dispose();
  }
}
