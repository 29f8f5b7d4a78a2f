import * as fs from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import type { PaintingQueue } from '../../../src/queue/queue';
import { describeRedis } from '../stage/redis';
import { RedisServer } from '../stage/redisServer';
import { Workshop } from '../stage/workshop';
import { openEmbedded, openRedis, openWorker, paintingOf, type Opened, type Watched } from './atelier';

const workshop = new Workshop();
beforeAll(async () => {
  await workshop.open();
  fs.writeFileSync(workshop.at('broken.png'), 'no picture');
});
afterAll(() => workshop.close());

const painting = (...fields: Parameters<typeof paintingOf> extends [unknown, ...infer Rest] ? Rest : never) =>
  paintingOf(workshop, ...fields);

/** What a queue must do, wherever its paintings are made. */
function suite(open: () => Promise<Opened>): void {
  let opened: Opened;
  let watched: Watched;
  let queue: PaintingQueue;
  const begin = async () => {
    opened = await open();
    ({ watched } = opened);
    ({ queue } = watched);
  };
  beforeEach(begin);
  afterEach(() => opened.close());

  it('paints what is added, once, and tells of it', async () => {
    const [one, other] = await Promise.all([painting(), painting({ seed: 1, init: 'noise' })]);
    await queue.pause();
    for (const each of [one, one, other]) await queue.add(each);
    expect(await queue.counts()).toEqual({ waiting: 2, active: 0, done: 0, failed: 0, paused: true });
    await queue.resume();
    for (const { id } of [one, other]) await watched.first(id, 'done');
    await queue.add(one);
    await watched.first(one.id, 'done', 2);
    expect(watched.heard(one.id, 'started').length).toBeLessThan(3);
    const results = await Promise.all([one, other].map(({ id }) => queue.result(id)));
    expect(await sharp(results[0]).metadata()).toMatchObject({ format: 'png', width: 32, height: 24 });
    expect(results[0]!.equals(results[1]!)).toBe(false);
    expect(await queue.counts()).toMatchObject({ waiting: 0, active: 0, done: 2, failed: 0, paused: false });
    expect(await queue.clean()).toBe(2);
    expect(await queue.counts()).toMatchObject({ done: 0 });
  });

  it('does not try again what is at fault itself, unless it is asked to', async () => {
    const broken = await painting({ content: workshop.at('broken.png') });
    await queue.add(broken);
    const { error } = await watched.first(broken.id, 'failed');
    expect(error.code).toBe('image-unsupported');
    expect(error.message).toMatch(/broken\.png is not an image: it holds text\.$/);
    expect(error.message).not.toContain(broken.inputs[0]!.sha256);
    expect(await queue.failures(0, 10)).toMatchObject([
      { id: broken.id, title: 'broken.png × style.png', error: { code: 'image-unsupported' } },
    ]);
    await queue.add(broken);
    await watched.first(broken.id, 'failed', 2);
    expect(await queue.retry()).toBe(1);
    await expect.poll(async () => (await queue.counts()).failed).toBe(1);
    await queue.clean();
  });

  it('takes out what waits, stops what is painted, and goes on with it when it is added again', async () => {
    const [long, waiting] = await Promise.all([painting({ steps: 900, size: 64 }), painting({ tv: 1 })]);
    await queue.add(long);
    await queue.add(waiting);
    await watched.first(long.id, 'progress');
    await queue.cancel(waiting.id);
    await watched.first(waiting.id, 'cancelled');
    await queue.cancel(long.id);
    await watched.first(long.id, 'cancelled');
    const stoppedAt = watched.heard(long.id, 'progress').at(-1)!.step;
    // It was stopped in the middle: it had most of its way before it.
    expect(stoppedAt).toBeLessThan(600);
    expect(watched.heard(long.id, 'done')).toEqual([]);
    await queue.add(long);
    const heard = watched.heard(long.id, 'progress').length;
    const again = await watched.first(long.id, 'progress', heard + 1);
    expect(again.step).toBeGreaterThanOrEqual(stoppedAt);
    await queue.pause();
    await queue.add(waiting);
    expect(await queue.drain()).toBe(1);
    await watched.first(waiting.id, 'cancelled', 2);
    await queue.cancel(long.id);
    await watched.first(long.id, 'cancelled', 2);
    await queue.resume();
  });

  it('goes on with the same bytes where it was closed', async () => {
    const whole = await painting({ steps: 300, size: 48, ratio: 1 / 100 });
    await queue.add(whole);
    await watched.first(whole.id, 'done');
    const bytes = await queue.result(whole.id);
    await queue.release(whole.id);
    await queue.clean();

    await queue.add(whole);
    await watched.first(whole.id, 'progress');
    await opened.close();
    await begin();
    await queue.add(whole);
    await watched.first(whole.id, 'done');
    expect((await queue.result(whole.id)).equals(bytes)).toBe(true);
  });
}

describe('a queue in this process', () => suite(() => openEmbedded(workshop)));

describeRedis('a queue in a Redis', () => {
  const redis = new RedisServer();
  beforeAll(() => redis.start());
  afterAll(() => redis.close());
  suite(async () => {
    const worker = await openWorker(workshop, redis);
    const opened = await openRedis(redis);
    const close = async () => {
      await worker.close();
      await opened.close();
    };
    return { ...opened, close };
  });
});
