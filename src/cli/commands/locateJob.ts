import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { jobsFolder } from '../../jobs/folder';
import { isJobId } from '../../jobs/id';
import { msg } from '../../common/messages';

/**
 * The folder of a job: an identifier names one in the storage, anything else is a path.
 * @throws `file-missing` for an empty name, which is no path
 */
export function locateJob(job: string, storage: string): string {
  if (job === '') {
    throw new AtelierError('file-missing', msg`An empty name names no job.`, {
      next: msg`Give the job’s identifier, or its folder in ${jobsFolder(storage)}.`,
    });
  }
  return path.resolve(isJobId(job) ? jobsFolder(storage) : '', job);
}
