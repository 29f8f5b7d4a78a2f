import * as fs from 'node:fs';
import * as path from 'node:path';
import type { StepRecord } from '../../src/jobs/steps';
import type { Session } from '../../test/e2e/host/session';

/** The job folder that was made last. */
export function newestJob({ server }: Session): string {
  const jobs = fs
    .readdirSync(server.userDataDir, { recursive: true })
    .map(String)
    .filter(name => path.basename(name) === 'recipe.json')
    .map(name => path.dirname(path.join(server.userDataDir, name)));
  const newest = jobs.sort((a, b) => path.basename(a).localeCompare(path.basename(b))).at(-1);
  if (newest === undefined) throw new Error('No job was found.');
  return newest;
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
