import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deleteJob } from '../../src/jobs/deletion';
import { jobFiles, readJob } from '../../src/jobs/folder';
import { Painters } from './stage/painters';

const { workshop, start: painter } = new Painters();

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
    expect(cli.stderr).toContain('is working on the job');
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
