import { promises as fs } from 'node:fs';
import { AtelierError } from '../../common/errors';
import { readFailed } from '../../common/fileError';
import { msg } from '../../common/messages';
import { atMost } from '../atMost';
import { ATTEMPTS } from '../failures';
import type { Painting } from '../painting';
import type { FailedPainting, PaintingQueue, QueueCounts, QueueEvent } from '../queue';
import { blobs, type BlobStore } from '../store/blobStore';
import { CANCELLED, cancelKey, PREFIX, QUEUE, type RedisConnection } from './connection';
import { readFailure } from './failure';
import { titleIn, toJobData } from './jobData';
import { Queue, QueueEvents, type Job, type RedisClient } from './libraries';
import { readProgress } from './progress';

/** What is done is remembered so long, in seconds; as long as its result is kept. */
const DONE_S = 7 * 24 * 3600;
const FAILED_S = 30 * 24 * 3600;

/** How long the second try of what failed waits; the third waits twice as long. */
const BACKOFF_MS = 5000;

/** A Redis that is gone is not waited for longer than this. */
const CLOSE_MS = 5000;

/** Events can be lost with a connection: so often is looked at what became of those that are waited for. */
const LOOK_MS = 3000;

/** It is there as long as the Redis has not lost what it knew. */
const MEMORY = `${PREFIX}:memory`;

/** A queue in a Redis, whose paintings are made by workers on any machine. */
export class RedisQueue implements PaintingQueue {
  private readonly queue: Queue;
  private readonly events: QueueEvents;
  private readonly listeners = new Set<(event: QueueEvent) => void>();
  /** Those that were added here and have not come to an end, and whether they were begun. */
  private readonly awaited = new Map<string, { readonly painting: Painting; begun: boolean }>();
  private readonly timer: NodeJS.Timeout;
  private looking: Promise<void> | undefined;

  constructor(
    connection: RedisConnection,
    private readonly store: BlobStore,
    /** Ends with the queue. */
    private readonly redis: RedisClient,
  ) {
    const options = { connection: { ...connection }, prefix: PREFIX };
    this.queue = new Queue(QUEUE, options);
    this.events = new QueueEvents(QUEUE, options);
    // The connection comes back by itself.
    this.queue.on('error', () => undefined);
    this.events.on('error', () => undefined);
    this.events.on('active', ({ jobId }) => void this.look(jobId));
    this.events.on('completed', ({ jobId }) => void this.look(jobId));
    this.events.on('failed', ({ jobId }) => void this.look(jobId));
    this.events.on('removed', ({ jobId }) => this.end({ event: 'cancelled', id: jobId }));
    this.events.on('progress', ({ jobId, data }) => this.progress(jobId, data));
    this.timer = setInterval(() => {
      this.looking ??= this.lookAtAll().finally(() => (this.looking = undefined));
    }, LOOK_MS);
  }

  async add(painting: Painting): Promise<void> {
    const { id } = painting;
    const data = toJobData(painting);
    await this.redis.multi().del(cancelKey(id)).set(MEMORY, '1').exec();
    const job = await this.job(id);
    const state = await job?.getState();
    if (state === 'completed' && (await this.store.exists(blobs.result(id)))) {
      this.awaited.set(id, { painting, begun: true });
      return this.look(id);
    }
    await this.upload(painting);
    this.awaited.set(id, { painting, begun: false });
    if (state === 'failed') return job?.retry('failed', { resetAttemptsMade: true });
    if (state === 'completed') await job?.remove();
    await this.queue.add('paint', data, {
      jobId: id,
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: BACKOFF_MS },
      removeOnComplete: { age: DONE_S },
      removeOnFail: { age: FAILED_S },
    });
  }

  async cancel(id: string): Promise<void> {
    const job = await this.job(id);
    if (job === undefined) return;
    // Whoever paints it looks for this; one that has ended by then is of no interest.
    await this.redis.set(cancelKey(id), '1', 'EX', 3600);
    try {
      await job.remove();
    } catch {
      // It is being painted.
    }
  }

  listen(listener: (event: QueueEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async result(id: string): Promise<Buffer> {
    const bytes = await this.store.read(blobs.result(id));
    if (bytes !== undefined) return bytes;
    throw new AtelierError('file-missing', msg`The painting ${id} no longer exists.`, {
      next: msg`Give the batch and all workers the same --store.`,
    });
  }

  release(): Promise<void> {
    // Others may want it, until it expires.
    return Promise.resolve();
  }

  async counts(): Promise<QueueCounts> {
    const [counts, paused] = await Promise.all([this.queue.getJobCounts(), this.queue.isPaused()]);
    const { waiting = 0, paused: held = 0, delayed = 0, prioritized = 0, active = 0 } = counts;
    const { completed: done = 0, failed = 0 } = counts;
    return { waiting: waiting + held + delayed + prioritized, active, done, failed, paused };
  }

  async failures(from: number, count: number): Promise<readonly FailedPainting[]> {
    const jobs = await this.queue.getFailed(from, from + count - 1);
    return jobs.map(({ id = '', data, failedReason }) => ({
      id,
      title: titleIn(data),
      error: readFailure(failedReason),
    }));
  }

  pause(): Promise<void> {
    return this.queue.pause();
  }

  resume(): Promise<void> {
    return this.queue.resume();
  }

  async drain(): Promise<number> {
    const { waiting } = await this.counts();
    await this.queue.drain(true);
    for (const id of [...this.awaited.keys()])
      if ((await this.job(id)) === undefined) this.end({ event: 'cancelled', id });
    return waiting;
  }

  async retry(): Promise<number> {
    const { failed } = await this.counts();
    await this.queue.retryJobs({ state: 'failed' });
    return failed;
  }

  async clean(): Promise<number> {
    let count = 0;
    for (const kind of ['completed', 'failed'] as const)
      for (let ids = ['']; ids.length > 0; count += ids.length) ids = await this.queue.clean(0, 1000, kind);
    return count;
  }

  /** What is being painted is painted on by its workers. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.awaited.clear();
    await atMost(CLOSE_MS, Promise.allSettled([this.looking, this.events.close(), this.queue.close()]));
    this.redis.disconnect();
  }

  private job(id: string): Promise<Job | undefined> {
    return this.queue.getJob(id) as Promise<Job | undefined>;
  }

  private async upload({ inputs }: Painting): Promise<void> {
    for (const { file, sha256 } of inputs) {
      const name = blobs.input(sha256);
      if (await this.store.exists(name)) continue;
      let bytes: Buffer;
      try {
        bytes = await fs.readFile(file);
      } catch (error) {
        throw readFailed(file, error);
      }
      await this.store.write(name, bytes);
    }
  }

  private async lookAtAll(): Promise<void> {
    for (const id of [...this.awaited.keys()]) await this.look(id);
  }

  /** Tells what has become of a painting that was added here. Never rejects: it is looked again. */
  private async look(id: string): Promise<void> {
    const awaited = this.awaited.get(id);
    if (awaited === undefined) return;
    try {
      const job = await this.job(id);
      if (job === undefined) {
        // A Redis that has lost its memory is told again; else somebody has taken it out.
        if ((await this.redis.exists(MEMORY)) === 0) return await this.add(awaited.painting);
        // A worker whose clock is ahead forgets early what it has done.
        const isDone = await this.store.exists(blobs.result(id));
        return this.end(isDone ? { event: 'done', id, seconds: 0 } : { event: 'cancelled', id });
      }
      const state = await job.getState();
      if (state === 'completed') {
        const { seconds } = readProgress(job.returnvalue as unknown);
        this.end({ event: 'done', id, seconds });
      } else if (state === 'failed') {
        // It is taken out in a moment.
        if (job.failedReason === CANCELLED) this.end({ event: 'cancelled', id });
        else this.end({ event: 'failed', id, error: readFailure(job.failedReason) });
      } else if (state === 'active' && !awaited.begun) {
        awaited.begun = true;
        const { processedBy: worker } = job;
        this.emit({ event: 'started', id, ...(worker === undefined ? {} : { worker }) });
      }
    } catch {
      // The connection is gone for a while.
    }
  }

  private progress(id: string, data: unknown): void {
    if (!this.awaited.has(id)) return;
    const { step, totalSteps } = readProgress(data);
    this.emit({ event: 'progress', id, step, totalSteps });
  }

  private end(event: QueueEvent): void {
    if (this.awaited.delete(event.id)) this.emit(event);
  }

  private emit(event: QueueEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
