import { reportError } from '../../common/errors';
import { createJob } from '../../jobs/folder';
import { expectedDevice } from '../run/estimate';
import { costsOf, loadInputs } from '../run/prepare';
import { QueuedJob } from '../run/queuedJob';
import { requireRoom } from '../run/room';
import { STOP_MESSAGE, type PaintReply, type PaintRequest } from './requests';

/**
 * Paints one recipe in this process, which outlives its parent unless asked otherwise. The job is made when all that the
 * recipe names is known to be good; its result takes the place of no file.
 */
export async function paintAlone(request: PaintRequest): Promise<void> {
  let job: QueuedJob;
  try {
    job = await begin(request);
  } catch (error) {
    tell({ error: reportError(error) }, () => process.exit());
    return;
  }
  const stop = (): void => job.stop(false);
  process.on('message', message => {
    if (message === STOP_MESSAGE) stop();
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (request.stopsWithParent) {
    process.on('disconnect', stop);
    // It may have gone while the images were read.
    if (!process.connected) stop();
  }
  job.announce(false);
  tell({ job: job.folder });
  await job.perform(request.settings, () => false);
  job.release();
  // A runtime whose threads do not end must not hold the process.
  process.exit();
}

async function begin({ recipe, settings }: PaintRequest): Promise<QueuedJob> {
  const { pictures } = await loadInputs(recipe, settings);
  const plan = costsOf(recipe, pictures.contentImage);
  // The device is opened when its turn comes.
  await requireRoom({ file: recipe.content, plan }, settings.storage, await expectedDevice(settings));
  const folder = createJob(settings.storage, recipe, { overwrite: 'never', painter: process.pid });
  return new QueuedJob(folder, {
    emit: () => undefined,
    log: () => undefined,
    subscription: undefined,
  });
}

function tell(reply: PaintReply, then: () => void = () => undefined): void {
  if (process.connected) process.send?.(reply, undefined, undefined, then);
  else then();
}
