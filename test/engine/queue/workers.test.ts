import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { version } from '../../../src/common/version';
import type { Painting } from '../../../src/queue/painting';
import { PREFIX, QUEUE } from '../../../src/queue/redis/connection';
import { toJobData, type JobData } from '../../../src/queue/redis/jobData';
import { Queue } from '../../../src/queue/redis/libraries';
import { describeRedis } from '../stage/redis';
import { RedisServer } from '../stage/redisServer';
import { writePicture } from '../stage/pictures';
import { ended, until, Workshop } from '../stage/workshop';
import { openRedis, openWorker, paintingOf } from './atelier';

const workshop = new Workshop();
const redis = new RedisServer();
beforeAll(async () => {
  await workshop.open();
  await writePicture(workshop.at('unsent.png'), { width: 32, height: 24, kind: 'stripes' });
});
afterAll(() => workshop.close());

const quick = [
  '--style',
  'style.png',
  '--size',
  '64',
  '--no-pyramid',
  '--steps',
  '600',
  '--threads',
  '1',
  '--json',
];
const events = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);

/** A worker in a process of its own, and what it says. */
function startWorker(
  name: string,
  ...options: readonly string[]
): { child: ChildProcess; said: () => string } {
  const args = ['worker', '--name', name, '--lock', '1', '--checkpoint', '0', '--threads', '1', '--json'];
  const child = workshop.start(process.execPath, [workshop.cliEntry, ...args, ...options], {
    env: { ATELIER_QUEUE: redis.url, ATELIER_STORAGE: workshop.at(`storage-${name}`) },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
}

describeRedis('workers of a queue', () => {
  beforeAll(() => redis.start());
  afterAll(() => redis.close());

  it('go on where one was killed, with the same bytes, and name no password', async () => {
    await workshop.cli('batch', 'content.png', ...quick, '-o', 'alone');
    const first = startWorker('first');
    const batch = workshop.start(process.execPath, [
      ...[workshop.cliEntry, 'batch', 'content.png', ...quick, '-o', 'shared', '--queue', redis.url],
    ]);
    const end = ended(batch);
    let shown = '';
    batch.stdout?.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    await until(() => shown.includes('"progress"'), 'progress of the first worker');
    const work = path.join(workshop.at('storage-first'), 'queue/workers/first');
    const checkpoint = () =>
      fs.readdirSync(work, { recursive: true }).some(name => String(name).endsWith('checkpoint.safetensors'));
    await until(checkpoint, 'a checkpoint');
    first.child.kill('SIGKILL');
    const second = startWorker('second');
    const { code, stdout, stderr } = await end;
    expect([code, stderr]).toEqual([0, '']);
    expect(events(stdout).find(({ event }) => event === 'started')).toMatchObject({ worker: 'first' });
    expect(events(stdout).at(-1)).toMatchObject({ event: 'finished', done: 1, failed: 0 });
    const [alone, shared] = ['alone', 'shared'].map(folder =>
      fs.readFileSync(workshop.at(`${folder}/content-style-64.png`)),
    );
    expect(shared!.equals(alone!)).toBe(true);

    const status = await workshop.cli('queue', 'status', '--queue', redis.url, '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({
      waiting: 0,
      active: 0,
      done: 1,
      failed: 0,
      paused: false,
    });
    second.child.kill('SIGTERM');
    await until(() => second.child.exitCode !== null, 'the end of the second worker');
    expect(second.child.exitCode).toBe(0);
    expect(events(second.said()).map(({ event }) => event)).toEqual(['ready', 'started', 'done']);
    for (const text of [first.said(), second.said(), stdout, stderr, status.stdout])
      expect(text).not.toContain('secret');
    const wrong = await workshop.cli('queue', '--queue', redis.url.replace('secret', 'wrong-one'));
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringMatching(/^atelier: The queue redis:\/\/127[\d.:]+ cannot/),
    ]);
    expect(wrong.stderr).not.toContain('wrong-one');
  });

  it('paint nothing that is newer, too large, or not what it says it is', async () => {
    const options = { connection: { url: redis.url, maxRetriesPerRequest: null }, prefix: PREFIX };
    const raw = new Queue(QUEUE, options);
    const opened = await openRedis(redis);
    const { queue } = opened.watched;
    await queue.clean();
    const painting = await paintingOf(workshop);
    const [large, none] = await Promise.all([
      paintingOf(workshop, { size: 128 }),
      paintingOf(workshop, { content: workshop.at('unsent.png') }),
    ]);
    const job = async ({ id }: Painting, data: Partial<JobData>) =>
      void (await raw.add('paint', { ...toJobData(painting), ...data }, { jobId: id }));
    const recipe = toJobData(painting).recipe as object;
    const other = async (digit: string, data: Partial<JobData>) =>
      job({ ...painting, id: digit.repeat(64) }, data);
    await other('a', { engine: '9.0.0', title: 'a.jpg × b.jpg' });
    await other('b', {});
    await job(painting, { recipe: { ...recipe, content: '/etc/passwd' } });
    await job(large, toJobData(large));
    await job(none, { ...toJobData(none) });
    const worker = await openWorker(workshop, redis, { name: 'careful' });
    await expect.poll(async () => (await queue.counts()).failed, { timeout: 30_000 }).toBe(5);
    const failures = await queue.failures(0, 10);
    const said = failures.map(({ error }) => error.message).sort();
    const wanted = [
      `The identifier inside the job ${'b'.repeat(12)} does not match.`,
      `The identifier inside the job ${painting.id.slice(0, 12)} does not match.`,
      `a.jpg × b.jpg is for Atelier 9.0.0; this worker is ${version}.`,
      'content.png × style.png: 128 pixels and 3 steps exceed the limits of this worker.',
      'unsent.png is not in the store of the worker careful.',
    ];
    expect(said).toEqual(wanted.sort());
    expect(worker.told.filter(({ event }) => event === 'failed')).toHaveLength(5);
    await Promise.all([worker.close(), opened.close(), raw.close()]);
  });

  it('paint what a Redis has forgotten', async () => {
    const opened = await openRedis(redis);
    const painting = await paintingOf(workshop, { seed: 5, init: 'noise' });
    await opened.watched.queue.add(painting);
    await redis.stop(true);
    await redis.start();
    const worker = await openWorker(workshop, redis, { name: 'patient' });
    await opened.watched.first(painting.id, 'done');
    expect((await opened.watched.queue.result(painting.id)).length).toBeGreaterThan(500);
    await Promise.all([worker.close(), opened.close()]);
  });
});
