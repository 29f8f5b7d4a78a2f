import * as fs from 'node:fs';
import * as path from 'node:path';
import type { StepRecord } from '../../src/jobs/steps';
import type { Session } from '../../test/e2e/host/session';

/** The job folder that was made last. */
export function newestJob({ server }: Session): string {
  const jobs = path.join(server.userDataDir, 'User', 'globalStorage', 'atelier.atelier', 'jobs');
  // Those that are being made have a name that begins with a dot; names of the others begin with their time.
  const newest = fs
    .readdirSync(jobs)
    .filter(name => /^\d/.test(name))
    .sort()
    .at(-1);
  if (newest === undefined) throw new Error('No job was found.');
  return path.join(jobs, newest);
}

/** The newest step on record. */
export function newestStep(job: string): StepRecord {
  const lines = fs.readFileSync(path.join(job, 'steps.ndjson'), 'utf8').split('\n');
  const last = lines.at(-2);
  if (last === undefined) throw new Error('No step is on record.');
  return JSON.parse(last) as StepRecord;
}

/** File names of the previews on disk, in the order of their steps. */
export function previewsOf(job: string): string[] {
  const names = fs.readdirSync(path.join(job, 'frames'));
  return names.filter(name => /^\d+\.jpg$/.test(name)).sort();
}
