import * as fs from 'node:fs';
import * as path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { recipeIn } from '../../src/images/recipe';
import { readJob, readJobHistory } from '../../src/jobs/folder';
import { initialState, reduceJob } from '../../src/jobs/state';
import type { Painter } from './stage/painter';
import { writePicture } from './stage/pictures';
import { Painters } from './stage/painters';

/** Enough for everything that has to happen before a painting is done, on a fast machine and beside other programs. */
const STEPS = 120;

const { workshop, start: painter } = new Painters();
let whole: Buffer;

beforeAll(async () => {
  const one = painter();
  const done = await one.first(await one.paint({ steps: STEPS, output: workshop.at('whole.png') }), 'done');
  whole = fs.readFileSync(done.output);
  await one.client.close();
});

/** Lets an engine answer questions, for longer than several steps take. */
async function answers({ client }: Painter): Promise<void> {
  for (let time = 0; time < 40; time++)
    await client.request({ type: 'inspect', image: workshop.at('content.png') });
}

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
    await answers(one);
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
    await answers(one);
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

  it('is finished with the scale that it is at, also after a crash, and its recipe names that size', async () => {
    const content = workshop.at('large.png');
    await writePicture(content, { width: 256, height: 192, kind: 'hills' });
    const one = painter();
    const job = await one.paint({
      ...{ content, steps: STEPS, size: 256, pyramid: true },
      output: workshop.at('smaller.png'),
    });
    await one.steps(job, 3);
    await one.client.request({ type: 'pause', job });
    await one.first(job, 'paused');
    const { plan } = await one.first(job, 'started');
    const { step } = one.heard(job, 'step').at(-1)!;
    await one.client.request({ type: 'finish', job });
    const { scales } = await one.first(job, 'shortened');
    expect(scales).toBeLessThan(plan.length);
    process.kill(one.client.pid ?? 0, 'SIGKILL');
    const again = await one.first(job, 'started', 1);
    expect(again.plan).toEqual(plan.slice(0, scales));
    const { output } = await one.first(job, 'done');
    const [width, height] = plan[scales - 1]!.scale;
    expect(await one.client.request({ type: 'inspect', image: output })).toMatchObject({ width, height });
    expect(JSON.parse((await recipeIn(output)) ?? '')).toMatchObject({ size: Math.max(width, height) });
    const last = plan.slice(0, scales).reduce((sum, { steps }) => sum + steps, 0);
    expect(one.heard(job, 'step').at(-1)?.step).toBe(last);
    expect(last).toBeGreaterThanOrEqual(step);
  });

  it('takes new strengths, which survive a crash and travel in the result', async () => {
    const one = painter();
    const job = await one.paint({ steps: STEPS, output: workshop.at('retuned.png') });
    await one.steps(job, 5);
    await one.client.request({ type: 'retune', job, tuning: { tv: 5000, styleLayers: { conv1_1: 0.7 } } });
    const retuned = await one.first(job, 'retuned');
    expect(retuned.strengths).toMatchObject({ tv: 5000, 'content:conv4_2': 1 });
    expect(retuned.strengths['style:conv1_1']).toBeCloseTo(210, 6);
    expect(retuned.strengths['style:conv2_1']).toBeCloseTo(75, 6);
    process.kill(one.client.pid ?? 0, 'SIGKILL');
    const done = await one.first(job, 'done');
    const { tv, styleLayers, ratio } = JSON.parse((await recipeIn(done.output)) ?? '') as Record<
      string,
      unknown
    >;
    expect({ tv, ratio }).toEqual({ tv: 5000, ratio: 1 / 300 });
    expect(styleLayers).toMatchObject({ conv1_1: 0.7, conv2_1: 0.25 });
    const last = one.heard(job, 'step').at(-1)?.losses;
    const plain = readJob(workshop.jobs()[0] ?? '').state.losses;
    expect(last?.terms.tv).toBeLessThan((plain?.terms.tv ?? 0) * 0.7);
    expect(readJob(job).state.retunings).toEqual([{ step: retuned.step, strengths: retuned.strengths }]);
  });
});
