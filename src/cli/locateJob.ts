import * as fs from 'node:fs';
import * as path from 'node:path';
import { jobsFolder } from '../jobs/folder';

/** The folder of a job: an id is looked for in the storage, anything else is a path. */
export function locateJob(job: string, storage: string): string {
  const stored = path.resolve(jobsFolder(storage), job);
  return path.basename(job) === job && fs.existsSync(stored) ? stored : path.resolve(job);
}
