import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtelierError } from '../../../src/common/errors';
import {
  createJob,
  jobFiles,
  jobSize,
  jobsFolder,
  listJobs,
  readJob,
  readJobHistory,
} from '../../../src/jobs/folder';
import { lockJob } from '../../../src/jobs/jobLock';
import { presets } from '../../../src/recipe/presets';
import { isUnfinished, prunableJobs, pruneJobs } from '../../../src/jobs/prune';
import { JobRecorder } from '../../../src/jobs/recorder';
import { readStepRecords } from '../../../src/jobs/steps';
import type { JobEvent } from '../../../src/protocol/jobEvent';
import { MAX_FRAMES } from '../../../src/jobs/state';

const recipe = { ...presets.studio, content: '/a.jpg', styles: [{ image: '/b.jpg', weight: 1 }] };
const started: JobEvent = {
  event: 'started',
  at: '2025-01-01T00:00:00.000Z',
  device: 'cpu',
  deviceTitle: 'CPU',
  resumedAtStep: 0,
  plan: [{ scale: [16, 16], steps: 10 }],
};
const step = (number: number): JobEvent => ({
  event: 'step',
  scale: [16, 16],
  step: number,
  evaluations: number,
  seconds: number,
  losses: { terms: { 'content:conv4_2': number, tv: 0 }, total: number },
});
const never = (error: unknown) => {
  throw error;
};
const finish = (folder: string) =>
  JobRecorder.open(folder, never).record({
    event: 'done',
    output: '/r.png',
    device: 'cpu',
    seconds: 1,
    peakRssMiB: 1,
  });

let storage: string;
beforeEach(() => (storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-jobs-'))));
afterEach(() => fs.rmSync(storage, { recursive: true }));

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return error instanceof AtelierError ? error.code : String(error);
  }
  return undefined;
}

describe('job folders', () => {
  it('are created whole, and sort by time', () => {
    const first = createJob(storage, recipe, { now: new Date('2025-01-31T12:00:00.000Z') });
    const second = createJob(storage, recipe, { now: new Date('2025-01-31T12:00:00.001Z') });
    expect(path.basename(first)).toMatch(/^20250131-120000-000-[0-9a-f]{4}$/);
    expect(first < second).toBe(true);
    expect(readJob(first)).toMatchObject({ createdAt: '2025-01-31T12:00:00.000Z', recipe, resumable: false });
    expect(listJobs(storage).map(({ folder }) => folder)).toEqual([second, first]);
    expect(fs.readdirSync(jobsFolder(storage))).toHaveLength(2);
  });

  it('say what is wrong with them', () => {
    expect(codeOf(() => readJob(path.join(storage, 'none')))).toBe('file-missing');
    expect(codeOf(() => readJob(storage))).toBe('job-corrupt');
    // Whoever names a folder of their own is not told to delete it.
    expect(() => readJob(storage)).toThrow(`${storage} is not a job.`);
    const folder = createJob(storage, recipe);
    fs.writeFileSync(path.join(folder, jobFiles.job), '{"state": 1');
    expect(codeOf(() => readJob(folder))).toBe('job-corrupt');
    fs.writeFileSync(path.join(folder, jobFiles.job), '{"createdAt": "x", "state": {"status": "odd"}}');
    expect(codeOf(() => readJob(folder))).toBe('job-corrupt');
    expect(listJobs(storage)).toEqual([]);
  });

  it('turn out interrupted when nobody holds them any more', () => {
    const folder = createJob(storage, recipe);
    expect(readJob(folder).state.status).toBe('queued');
    const lock = lockJob(folder);
    JobRecorder.open(folder, never).record(started);
    expect(readJob(folder)).toMatchObject({ owner: process.pid, state: { status: 'running' } });
    lock.release();
    expect(readJob(folder).state.status).toBe('interrupted');
    const forgotten = createJob(storage, recipe, { now: new Date(Date.now() - 60_000) });
    expect(readJob(forgotten).state.status).toBe('interrupted');
  });

  it.each(['plan', 'frames', 'retunings'])('are refused with holes in %s', list => {
    const folder = createJob(storage, recipe);
    const file = path.join(folder, jobFiles.job);
    const job = JSON.parse(fs.readFileSync(file, 'utf8')) as { state: object };
    fs.writeFileSync(file, JSON.stringify({ ...job, state: { ...job.state, [list]: [null] } }));
    expect(() => readJob(folder)).toThrow(`${file} is not a job's state.`);
  });

  it('say it when their steps are no file', () => {
    const folder = createJob(storage, recipe);
    fs.mkdirSync(path.join(folder, jobFiles.steps));
    expect(() => readJobHistory(folder)).toThrow(`${path.join(folder, jobFiles.steps)} cannot be read.`);
  });

  it('lose what a kill has left in them when somebody goes on with them', () => {
    const folder = createJob(storage, recipe);
    const left = [
      '.atelier-0123456789ab.tmp',
      'frames/.atelier-ba9876543210.tmp',
      'checkpoint.safetensors.part',
    ];
    const others = ['.atelier-notes.tmp', 'frames/mine.tmp'];
    for (const name of [...left, ...others]) fs.writeFileSync(path.join(folder, name), 'half');
    lockJob(folder).release();
    expect(left.filter(name => fs.existsSync(path.join(folder, name)))).toEqual([]);
    expect(others.filter(name => fs.existsSync(path.join(folder, name)))).toEqual(others);
  });

  it('are pruned by age and size, the oldest first, never those at work', () => {
    const day = (n: number) => new Date(Date.UTC(2025, 0, n));
    const [old, busy, middle, recent] = [1, 2, 20, 25].map(n =>
      createJob(storage, recipe, { now: day(n) }),
    ) as [string, string, string, string];
    for (const folder of [old, busy, middle, recent]) {
      finish(folder);
      fs.writeFileSync(path.join(folder, 'result.png'), Buffer.alloc(5000));
    }
    const lock = lockJob(busy);
    const aged = pruneJobs(storage, { maxAgeDays: 10 }, day(28));
    expect(aged.deleted).toEqual([old]);
    const one = jobSize(recent);
    const sized = pruneJobs(storage, { maxBytes: one + 100 }, day(28));
    expect(sized.deleted).toEqual([middle]);
    expect(sized.freed).toBe(one);
    lock.release();
    expect(listJobs(storage).map(({ folder }) => folder)).toEqual([recent, busy]);
  });

  it('are spared when they were cut off or hold the only copy of a painting, unless that is asked for', () => {
    const now = new Date(Date.UTC(2025, 6, 1));
    const [cut, unsaved, stopped, done] = [1, 2, 3, 4].map(n =>
      createJob(storage, recipe, { now: new Date(Date.UTC(2025, 0, n)) }),
    ) as [string, string, string, string];
    const recorder = JobRecorder.open(unsaved, never);
    for (const event of [started, step(1)]) recorder.record(event);
    const error = { code: 'write-failed', message: 'The disk is full.' } as const;
    recorder.record({ event: 'failed', error, kept: path.join(unsaved, 'result.png') });
    JobRecorder.open(stopped, never).record({ event: 'stopped', step: 0 });
    finish(done);
    expect(
      listJobs(storage)
        .filter(isUnfinished)
        .map(({ folder }) => folder),
    ).toEqual([unsaved, cut]);
    for (const limits of [{ maxAgeDays: 1 }, { maxBytes: 0 }])
      expect(prunableJobs(storage, limits, now).jobs.map(({ folder }) => folder)).toEqual([done, stopped]);
    const asked = { maxAgeDays: 1, unfinished: true };
    const all = prunableJobs(storage, asked, now);
    expect(all.jobs).toHaveLength(4);
    expect(all.left).toBe(0);
    expect(pruneJobs(storage, { maxAgeDays: 1 }, now).deleted).toEqual([done, stopped]);
    expect(pruneJobs(storage, asked, now).deleted).toEqual([unsaved, cut]);
    expect(listJobs(storage)).toEqual([]);
  });
});

describe('the record of a job', () => {
  it('is in the folder, and goes on where it was', () => {
    const folder = createJob(storage, recipe);
    const recorder = JobRecorder.open(folder, never);
    for (const event of [started, step(1), step(2), step(3)]) recorder.record(event);
    recorder.record({ event: 'checkpoint', step: 2 });
    fs.appendFileSync(path.join(folder, jobFiles.steps), '{"step":4,"los');
    expect(readJobHistory(folder).steps).toEqual([1, 2, 3]);
    expect(readJob(folder).state).toMatchObject({ step: 3, checkpointStep: 2, losses: { total: 3 } });

    const next = JobRecorder.open(folder, never);
    expect(next.state.history.total).toEqual([1, 2, 3]);
    next.record({ ...started, resumedAtStep: 2 });
    next.record(step(3));
    next.record({ event: 'done', output: '/r.png', device: 'cpu', seconds: 1, peakRssMiB: 1 });
    expect(readJobHistory(folder).steps).toEqual([1, 2, 3]);
    expect(fs.readFileSync(path.join(folder, jobFiles.steps), 'utf8').trim().split('\n')).toHaveLength(3);
    expect(readJob(folder).state.status).toBe('done');
  });

  it('keeps no more frames than the state names', () => {
    const folder = createJob(storage, recipe);
    const recorder = JobRecorder.open(folder, never);
    recorder.record(started);
    const mine = path.join(folder, jobFiles.frames, 'the best.jpg');
    fs.writeFileSync(mine, 'mine');
    for (let number = 1; number <= MAX_FRAMES + 1; number++) {
      const file = `${jobFiles.frames}/${String(number).padStart(6, '0')}.jpg`;
      fs.writeFileSync(path.join(folder, file), 'x');
      recorder.record({ event: 'frame', file, step: number, scale: [16, 16] });
    }
    const named = recorder.state.frames.map(({ file }) => path.basename(file)).sort();
    expect(fs.readFileSync(mine, 'utf8')).toBe('mine');
    expect(fs.readdirSync(path.join(folder, jobFiles.frames)).sort()).toEqual([...named, 'the best.jpg']);
    expect(named.length).toBeLessThan(MAX_FRAMES);
  });

  it('has every step once, though the disk failed for a while', () => {
    const folder = createJob(storage, recipe);
    const troubles: unknown[] = [];
    const recorder = JobRecorder.open(folder, error => troubles.push(error));
    const steps = path.join(folder, jobFiles.steps);
    fs.mkdirSync(steps);
    for (const event of [started, step(1), step(2), step(3)]) recorder.record(event);
    recorder.record({ event: 'checkpoint', step: 2 });
    expect(troubles).toHaveLength(1);
    fs.rmdirSync(steps);
    // Another device goes on from the checkpoint.
    for (const event of [{ ...started, resumedAtStep: 2 }, step(3)]) recorder.record(event);
    recorder.record({ event: 'checkpoint', step: 3 });
    expect(readStepRecords(steps).map(record => record.step)).toEqual([1, 2, 3]);
  });

  it('does not stop a run when the disk fails, and says so once', () => {
    const folder = createJob(storage, recipe);
    const troubles: unknown[] = [];
    const recorder = JobRecorder.open(folder, error => troubles.push(error));
    fs.rmSync(folder, { recursive: true });
    fs.writeFileSync(folder, 'a file where the folder was');
    recorder.record(started);
    recorder.record({ event: 'checkpoint', step: 1 });
    expect(troubles).toHaveLength(1);
    expect(recorder.state.checkpointStep).toBe(1);
  });
});
