import * as z from 'zod';
import { listJobs } from '../../jobs/folder';
import { isActive, JOB_STATUSES, type JobStatus } from '../../jobs/state';
import { describeRun, runSummary } from '../describeRun';
import { awaitEnd, findRun } from '../findRun';
import { run, wait } from '../inputs';
import type { Tool } from '../tool';

const oneRun = z.strictObject({ run, wait });
type OneRun = z.output<typeof oneRun>;

export const getRun: Tool<OneRun> = {
  title: 'Look at a painting',
  description:
    'Where a run stands: its state, step, losses by layer, time left and a picture of it; when it is done, the path of ' +
    'the painting and what another network says of it (referee: distance to the style, and of the photograph to it). Waits for its end, at most for the time given.',
  readOnly: true,
  input: oneRun,

  async run({ run: id, wait: seconds }, call) {
    return describeRun(await awaitEnd(id, seconds, call), call);
  },
};

export const cancelRun: Tool<OneRun> = {
  title: 'Stop a painting',
  description:
    'Stops a run, or takes it out of the queue. Nothing is saved, but a checkpoint is kept: a person can go on with it. ' +
    'A run that is over stays as it is.',
  readOnly: false,
  input: oneRun,

  async run({ run: id, wait: seconds }, call) {
    const job = findRun(id, call);
    if (isActive(job.state)) await call.painters.stop(job);
    return describeRun(await awaitEnd(id, seconds, call), call);
  },
};

interface ListInput {
  readonly state?: JobStatus | undefined;
  readonly limit: number;
}

export const listRuns: Tool<ListInput> = {
  title: 'List paintings',
  description: 'The runs that are kept, the latest first, those of people in VS Code and terminals as well.',
  readOnly: true,
  input: z.strictObject({
    state: z.enum(JOB_STATUSES).optional().meta({ description: 'Only those in this state.' }),
    limit: z.int().min(1).max(200).default(20).meta({ description: 'How many at most.' }),
  }),

  run({ state, limit }, { access, painters }) {
    const runs = listJobs(painters.storage)
      .filter(job => (state === undefined || job.state.status === state) && access.mayShow(job))
      .slice(0, limit);
    return { value: { runs: runs.map(runSummary) } };
  },
};
