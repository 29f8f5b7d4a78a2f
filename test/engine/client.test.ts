import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recipeIn } from '../../src/images/recipe';
import { deleteJob } from '../../src/jobs/deletion';
import { jobFiles, readJob, readJobHistory } from '../../src/jobs/folder';
import { initialState, reduceJob } from '../../src/jobs/state';
import { Painter } from './stage/painter';
import { isAlive, Workshop } from './stage/workshop';

/** Enough for everything that has to happen before a painting is done, on a fast machine and beside other programs. */
const STEPS = 120;

const workshop = new Workshop();
const painters: Painter[] = [];
const painter = (
  ...options: ConstructorParameters<typeof Painter> extends [unknown, ...infer R] ? R : never
) => {
  const made = new Painter(workshop, ...options);
  painters.push(made);
  return made;
};
let whole: Buffer;

beforeAll(async () => {
  await workshop.open();
  const one = painter();
  const done = await one.first(await one.paint({ steps: STEPS, output: workshop.at('whole.png') }), 'done');
  whole = fs.readFileSync(done.output);
  await one.client.close();
});
afterEach(async () => {
  const pids = painters.map(({ client }) => client.pid).filter(pid => pid !== undefined);
  await Promise.all(painters.splice(0).map(({ client }) => client.close()));
  expect(pids.filter(isAlive)).toEqual([]);
});
afterAll(() => workshop.close());

describe('the engine process', () => {
  it('paints a job, and its folder tells the same as its events', async () => {
    const one = painter();
    const job = await one.paint({ steps: STEPS, output: workshop.at('events.png') });
    const done = await one.first(job, 'done');
    expect(fs.readFileSync(done.output).equals(whole)).toBe(true);
    expect(done).toMatchObject({ device: 'cpu', output: workshop.at('events.png') });

    const told = one.events.filter(entry => entry.job === job).map(({ event }) => event);
    expect(told.slice(0, 3).map(({ event }) => event)).toEqual(['queued', 'started', 'scale']);
    const state = told.reduce(reduceJob, initialState);
    const stored = readJob(job);
    const { history: _stored, ...storedState } = stored.state;
    const { history, ...toldState } = state;
    expect(storedState).toEqual(toldState);
    expect(readJobHistory(job)).toEqual(history);
    expect(stored.owner).toBeUndefined();
    for (const { file } of state.frames) expect(fs.existsSync(path.join(job, file))).toBe(true);
    expect(state.frames.at(-1)?.step).toBe(STEPS);
  });

  it('answers questions', async () => {
    const { client } = painter();
    expect(
      await client.request({
        type: 'hello',
        settings: { device: 'cpu', threads: 1, storage: workshop.storage, mirror: '' },
      }),
    ).toMatchObject({
      pid: client.pid,
    });
    expect(await client.request({ type: 'inspect', image: workshop.at('content.png') })).toEqual({
      width: 96,
      height: 72,
      format: 'png',
      hasAlpha: false,
    });
    const asked = {
      type: 'convert',
      image: workshop.at('content.png'),
      to: workshop.at('small.webp'),
      side: 24,
    } as const;
    expect(await client.request(asked)).toEqual({ width: 24, height: 18 });
    expect((await client.request({ type: 'devices' })).devices.find(({ chosen }) => chosen)).toMatchObject({
      device: 'cpu',
      usable: true,
    });
    expect((await client.request({ type: 'models' })).map(({ name, status }) => [name, status])).toEqual([
      ['lite', 'embedded'],
      ['vgg19', 'available'],
    ]);
    await client.request({ type: 'verifyModel', model: 'lite' });
    // A setting that nobody knows is refused by a reply, and those before it stay.
    const settings = { device: 'abacus', threads: 0, storage: workshop.storage, mirror: '' } as never;
    await expect(client.request({ type: 'hello', settings })).rejects.toMatchObject({ code: 'usage' });
    await expect(client.request({ type: 'inspect', image: workshop.at('none.png') })).rejects.toMatchObject({
      code: 'file-missing',
    });
    const stop = new AbortController();
    const file = path.resolve(__dirname, '../../models/lite.safetensors');
    const imported = client.request({ type: 'importModel', file }, { signal: stop.signal });
    stop.abort();
    await expect(imported).rejects.toMatchObject({ code: 'interrupted' });
    expect(fs.existsSync(path.join(workshop.storage, 'models', 'lite-imported.safetensors'))).toBe(false);
    await expect(client.request({ type: 'pause', job: '/none' })).rejects.toMatchObject({
      code: 'file-missing',
    });
    await expect(client.run('/none')).rejects.toMatchObject({ code: 'file-missing' });
    expect(client.activeJobs).toEqual([]);
  });

  it('reports a job that cannot be done as failed, and goes on with the next', async () => {
    const one = painter();
    fs.writeFileSync(workshop.at('text.png'), 'no picture');
    const bad = await one.paint({ content: workshop.at('text.png') });
    const good = await one.paint({ steps: 2, output: workshop.at('good.png') });
    expect((await one.first(bad, 'failed')).error).toMatchObject({
      code: 'image-unsupported',
      message: expect.stringContaining(workshop.at('text.png')) as string,
    });
    expect(one.heard(good, 'queued')[0]).toMatchObject({ behind: 'job' });
    await one.first(good, 'done');
    expect(readJob(bad).state).toMatchObject({ status: 'failed', error: { code: 'image-unsupported' } });
    expect(one.client.pid).toBeDefined();
  });
});

describe('a killed engine', () => {
  it('is started again, resumes the job, and ends with the same bytes', async () => {
    const one = painter();
    const job = await one.paint({ steps: STEPS, output: workshop.at('killed.png') });
    // Twice, at different places.
    for (const steps of [8, 30]) {
      await one.steps(job, steps);
      process.kill(one.client.pid ?? 0, 'SIGKILL');
      const interrupted = await one.first(job, 'interrupted', steps === 8 ? 0 : 1);
      expect(interrupted).toMatchObject({ resuming: true, error: { code: 'engine-died' } });
      expect(interrupted.error.message).toContain('SIGKILL');
    }
    const done = await one.first(job, 'done');
    expect(
      one
        .heard(job, 'started')
        .slice(1)
        .every(({ resumedAtStep }) => resumedAtStep > 0),
    ).toBe(true);
    expect(fs.readFileSync(done.output).equals(whole)).toBe(true);
    expect(one.statuses.filter(status => status === 'restarting')).toHaveLength(2);
    expect(readJobHistory(job).steps).toEqual(Array.from({ length: STEPS }, (_, i) => i + 1));
  });

  it('does not forget that the job was paused', async () => {
    const one = painter();
    const job = await one.paint({ steps: STEPS, output: workshop.at('paused-killed.png') });
    await one.steps(job, 3);
    await one.client.request({ type: 'pause', job });
    await one.first(job, 'paused');
    process.kill(one.client.pid ?? 0, 'SIGKILL');
    await one.first(job, 'paused', 1);
    const steps = one.heard(job, 'step').length;
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(one.heard(job, 'step')).toHaveLength(steps);
    await one.client.request({ type: 'continue', job });
    const done = await one.first(job, 'done');
    expect(fs.readFileSync(done.output).equals(whole)).toBe(true);
  });
});

describe('a running job', () => {
  it('can be paused and continued between evaluations without a trace in the picture', async () => {
    const one = painter();
    const job = await one.paint({ steps: STEPS, output: workshop.at('paused.png') });
    await one.steps(job, 5);
    await one.client.request({ type: 'pause', job });
    await one.first(job, 'paused');
    const before = one.heard(job, 'step').length;
    await new Promise(resolve => setTimeout(resolve, 1500));
    expect(one.heard(job, 'step')).toHaveLength(before);
    expect(readJob(job).state.status).toBe('paused');
    await one.client.request({ type: 'continue', job });
    const done = await one.first(job, 'done');
    expect(fs.readFileSync(done.output).equals(whole)).toBe(true);
    // Pauses are not computing time.
    const steps = one.heard(job, 'step');
    expect((steps[before]?.seconds ?? NaN) - (steps[before - 1]?.seconds ?? NaN)).toBeLessThan(1.4);
  });

  it('can be stopped with its picture, resumed, and stopped without', async () => {
    const one = painter();
    const job = await one.paint({ steps: STEPS, output: workshop.at('stopped.png') });
    await one.steps(job, 4);
    await one.client.request({ type: 'stop', job, keep: true });
    const stopped = await one.first(job, 'stopped');
    expect(stopped.output).toBe(workshop.at('stopped.png'));
    expect(readJob(job)).toMatchObject({ resumable: true, state: { status: 'stopped', step: stopped.step } });
    expect(fs.readFileSync(workshop.at('stopped.png')).equals(whole)).toBe(false);
    await one.client.run(job);
    await one.steps(job, stopped.step + 3);
    await one.client.request({ type: 'stop', job, keep: false });
    expect((await one.first(job, 'stopped', 1)).output).toBeUndefined();
    await one.client.run(job);
    const done = await one.first(job, 'done');
    expect(fs.readFileSync(done.output).equals(whole)).toBe(true);
  });

  it('takes new strengths, which survive a crash and travel in the result', async () => {
    const one = painter();
    const job = await one.paint({ steps: STEPS, output: workshop.at('retuned.png') });
    await one.steps(job, 5);
    await one.client.request({ type: 'retune', job, tuning: { tv: 5000, styleLayers: { conv1_1: 0.7 } } });
    const retuned = await one.first(job, 'retuned');
    expect(retuned.strengths).toMatchObject({ tv: 5000, 'content:conv4_2': 1 });
    expect(retuned.strengths['style:conv1_1']).toBeCloseTo(210, 6);
    expect(retuned.strengths['style:conv2_1']).toBeCloseTo(60, 6);
    process.kill(one.client.pid ?? 0, 'SIGKILL');
    const done = await one.first(job, 'done');
    const { tv, styleLayers, ratio } = JSON.parse((await recipeIn(done.output)) ?? '') as Record<
      string,
      unknown
    >;
    expect({ tv, ratio }).toEqual({ tv: 5000, ratio: 1 / 300 });
    expect(styleLayers).toMatchObject({ conv1_1: 0.7, conv2_1: 0.2 });
    const last = one.heard(job, 'step').at(-1)?.losses;
    const plain = readJob(workshop.jobs()[0] ?? '').state.losses;
    expect(last?.terms.tv).toBeLessThan((plain?.terms.tv ?? 0) * 0.7);
    expect(readJob(job).state.retunings).toEqual([{ step: retuned.step, strengths: retuned.strengths }]);
  });
});

describe('two engines', () => {
  it('never run the same job', async () => {
    const [one, other] = [painter(), painter()];
    const job = await one.paint({ steps: 2000 });
    await one.first(job, 'started');
    await expect(other.client.run(job)).rejects.toMatchObject({
      code: 'job-busy',
      message: expect.stringContaining(String(one.client.pid)) as string,
    });
    const cli = await workshop.cli('resume', path.basename(job));
    expect(cli.code).toBe(1);
    expect(cli.stderr).toContain('is being worked on by process');
    await one.client.request({ type: 'stop', job, keep: false });
    await one.first(job, 'stopped');
    expect(fs.existsSync(path.join(job, jobFiles.lock))).toBe(false);
  });

  it('take turns', async () => {
    const [one, other] = [painter(), painter()];
    const first = await one.paint({ steps: 2000 });
    await one.first(first, 'started');
    const second = await other.paint({ steps: 3, output: workshop.at('turn-2.png') });
    expect(await other.first(second, 'queued', 1)).toMatchObject({ behind: 'engine' });
    // Whoever pauses lets the other paint.
    await one.client.request({ type: 'pause', job: first });
    await other.first(second, 'done');
    const before = one.heard(first, 'step').length;
    await one.client.request({ type: 'continue', job: first });
    await one.steps(first, before + 3);
    await one.client.request({ type: 'stop', job: first, keep: false });
  });

  it('take turns painting by painting, however many one of them has to paint', async () => {
    const [one, other] = [painter(), painter()];
    const first = await one.paint({ steps: 2000 });
    const third = await one.paint({ steps: 2000 });
    await one.first(first, 'started');
    const second = await other.paint({ steps: 3, output: workshop.at('queue-turn-2.png') });
    await other.first(second, 'queued', 1);
    await one.client.request({ type: 'stop', job: first, keep: false });
    await other.first(second, 'done');
    await one.first(third, 'started');
    const order = [...one.heard(third, 'started'), ...other.heard(second, 'started')].map(({ at }) => at);
    expect(order).toEqual([...order].sort().reverse());
    await one.client.request({ type: 'stop', job: third, keep: false });
  });

  it('say that they wait when one is to continue while the other paints', async () => {
    const [one, other] = [painter(), painter()];
    const first = await one.paint({ steps: 2000 });
    await one.steps(first, 2);
    await one.client.request({ type: 'pause', job: first });
    await one.first(first, 'paused');
    const second = await other.paint({ steps: 2000 });
    await other.first(second, 'step');
    await one.client.request({ type: 'continue', job: first });
    expect(await one.first(first, 'queued', 1)).toMatchObject({ behind: 'engine' });
    expect(readJob(first).state.status).toBe('queued');
    await other.client.request({ type: 'stop', job: second, keep: false });
    await one.first(first, 'continued');
    expect(readJob(first).state.status).toBe('running');
    await one.client.request({ type: 'stop', job: first, keep: false });
  });

  it('the turn of a killed one is free', async () => {
    const [one, other] = [painter(), painter()];
    const first = await one.paint({ steps: 2000, output: workshop.at('turn-3.png') });
    await one.first(first, 'step');
    const second = await other.paint({ steps: 2, output: workshop.at('turn-4.png') });
    await other.first(second, 'queued', 1);
    const { pid } = one.client;
    void one.client.close(0);
    process.kill(pid ?? 0, 'SIGKILL');
    await other.first(second, 'done');
    expect(readJob(first).state.status).toBe('interrupted');
  });
});

describe('the queue', () => {
  it('gives up a waiting job at once, and goes on with the others in order', async () => {
    const one = painter();
    const first = await one.paint({ steps: 2000 });
    const second = await one.paint({ steps: 40 });
    const third = await one.paint({ steps: 2000 });
    await one.first(first, 'started');
    await one.client.request({ type: 'stop', job: second, keep: false });
    await one.first(second, 'stopped');
    // The painting before it is still painted.
    expect(one.heard(first, 'stopped')).toEqual([]);
    const { owner, state } = readJob(second);
    expect({ owner, status: state.status }).toEqual({ owner: undefined, status: 'stopped' });
    expect(one.client.activeJobs).toEqual([first, third]);
    await one.client.request({ type: 'stop', job: first, keep: false });
    await one.first(third, 'started');
    await one.client.request({ type: 'stop', job: third, keep: false });
    await one.first(third, 'stopped');
    expect(one.heard(second, 'started')).toEqual([]);
    expect(one.client.activeJobs).toEqual([]);
  });

  it('has let go of a job when its end is heard, which can be run again or deleted there and then', async () => {
    const one = painter();
    const job = await one.paint({ steps: 2000 });
    const free: boolean[] = [];
    const again: Promise<unknown>[] = [];
    one.client.listen({
      event: (heard, { event }) => {
        if (event === 'started') again.push(one.client.request({ type: 'stop', job: heard, keep: false }));
        if (event !== 'stopped') return;
        free.push(!fs.existsSync(path.join(heard, jobFiles.lock)));
        if (free.length < 5) again.push(one.client.run(heard));
        else deleteJob(workshop.storage, heard);
      },
    });
    await one.first(job, 'stopped', 4);
    await Promise.all(again);
    expect(free).toEqual([true, true, true, true, true]);
    expect(one.heard(job, 'started')).toHaveLength(5);
    expect(fs.existsSync(job)).toBe(false);
  });

  it('is closed with a checkpoint, and the job can be told from one that was stopped', async () => {
    const one = painter();
    const job = await one.paint({ steps: 2000 });
    await one.steps(job, 3);
    await one.client.close();
    expect(readJob(job)).toMatchObject({ resumable: true, state: { status: 'interrupted' } });
    await expect(one.client.run(job)).rejects.toMatchObject({ code: 'engine-died' });
  });
});
