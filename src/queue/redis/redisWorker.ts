import { promises as fs } from 'node:fs';
import { reportError } from '../../common/errors';
import { isFinal } from '../failures';
import type { Painter } from '../painter';
import { blobs, type BlobStore } from '../store/blobStore';
import { atMost } from '../atMost';
import { CANCELLED, cancelKey, openClient, PREFIX, QUEUE, type RedisConnection } from './connection';
import { writeFailure } from './failure';
import { InputCache } from './inputCache';
import { readJobData, titleIn, type JobLimits, type ReceivedJob } from './jobData';
import { UnrecoverableError, WaitingError, Worker, type Job, type RedisClient } from './libraries';
import { SavedCheckpoints } from './savedCheckpoints';

export interface WorkerOptions {
  readonly connection: RedisConnection;
  readonly store: BlobStore;
  readonly painter: Painter;
  /** What it is called in lists. */
  readonly name: string;
  /** Where inputs are while they are painted from; absolute. */
  readonly folder: string;
  readonly limits: JobLimits;
  /** Without a sign of life for so long, another one paints on, in milliseconds. */
  readonly lockMs: number;
  /** Checkpoints go into the store at most this often. */
  readonly checkpointMs: number;
  readonly tell: (event: WorkerEvent) => void;
}

/** `returned`: given back for others to go on with. */
export type PaintingFate = 'started' | 'done' | 'returned' | 'cancelled' | 'failed';

/** What a worker does. */
export type WorkerEvent =
  | { readonly event: PaintingFate; readonly id: string; readonly title: string; readonly message?: string }
  | { readonly event: 'trouble'; readonly message: string };

/** Workers may die of whatever befalls machines: a painting is not given up for it. */
const MAX_STALLED = 1000;

/** A Redis that is gone is not waited for longer than this. */
const CLOSE_MS = 5000;

/** How often it is told how far a painting is, and looked whether it is wanted still. */
const PULSE_MS = 1000;

/** Takes paintings out of the queue and has them painted, one after another. */
export class RedisWorker {
  private readonly worker: Worker;
  private readonly redis: RedisClient;
  private readonly inputs: InputCache;
  private closing = false;
  private lastTrouble = '';

  constructor(private readonly options: WorkerOptions) {
    const { connection, lockMs, name, folder, store } = options;
    this.redis = openClient(connection);
    this.inputs = new InputCache(folder, store, name);
    this.worker = new Worker(QUEUE, (job, token, signal) => this.perform(job, token ?? '', signal), {
      connection: { ...connection },
      prefix: PREFIX,
      name,
      concurrency: 1,
      lockDuration: lockMs,
      stalledInterval: Math.min(30_000, lockMs / 2),
      maxStalledCount: MAX_STALLED,
      drainDelay: 2,
      runRetryDelay: 2000,
    });
    this.worker.on('error', error => this.trouble(error.message));
    // Who asks for it again begins anew.
    this.worker.on('failed', (job, error) => {
      if (error.message === CANCELLED) job?.remove().catch(() => undefined);
    });
    // Another one has it, or will.
    this.worker.on('lockRenewalFailed', ids => {
      for (const id of ids) this.worker.cancelJob(id, 'lost');
    });
  }

  /** Gives back what it paints, with a checkpoint, and ends. */
  async close(): Promise<void> {
    this.closing = true;
    this.worker.cancelAllJobs('closing');
    await atMost(CLOSE_MS, this.worker.close());
    await this.options.painter.close();
    this.redis.disconnect();
  }

  /** Never blocks: an engine computes. */
  private async perform(job: Job, token: string, signal?: AbortSignal): Promise<{ seconds: number }> {
    const { limits } = this.options;
    const [id = '', title] = [job.id, titleIn(job.data)];
    const tell = (event: PaintingFate, message?: string) =>
      this.options.tell({ event, id, title, ...(message === undefined ? {} : { message }) });
    let received: ReceivedJob | undefined;
    const control = new AbortController();
    const stop = () => control.abort(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      tell('started');
      received = readJobData(id, job.data, limits);
      const done = await this.paint(id, job, received, control);
      tell('done');
      return done;
    } catch (error) {
      if (control.signal.reason === CANCELLED) {
        tell('cancelled');
        throw new UnrecoverableError(CANCELLED);
      }
      if (this.closing) {
        tell('returned');
        await job.moveToWait(token);
        throw new WaitingError();
      }
      const named = (sentence: string) => this.inputs.withNames(sentence, received?.inputs ?? []);
      const { code, message } = reportError(error);
      tell('failed', named(message));
      const reason = writeFailure(error, named);
      throw isFinal(code) ? new UnrecoverableError(reason) : new Error(reason);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  private async paint(
    id: string,
    job: Job,
    { recipe, inputs }: ReceivedJob,
    control: AbortController,
  ): Promise<{ seconds: number }> {
    const { store, painter, checkpointMs } = this.options;
    const own = await this.inputs.fetch(recipe, inputs);
    const trouble = (message: string) => this.trouble(message);
    const saved = new SavedCheckpoints(store, id, job.attemptsStarted, checkpointMs, trouble);
    let progress = { step: 0, totalSteps: 0 };
    const pulse = setInterval(() => {
      void this.pulse(id, job, progress).then(isWanted => {
        if (!isWanted) control.abort(CANCELLED);
      });
    }, PULSE_MS);
    const listener = {
      progress: (step: number, totalSteps: number) => (progress = { step, totalSteps }),
      checkpoint: (file: string) => saved.offer(file),
    };
    try {
      const painted = await painter.paint(id, own, control.signal, listener, await saved.latest());
      await store.write(blobs.result(id), await fs.readFile(painted.file));
      await saved.forget();
      painter.discard(id);
      return { seconds: painted.seconds };
    } catch (error) {
      if (this.closing) await saved.flush();
      throw error;
    } finally {
      clearInterval(pulse);
      await saved.settled();
    }
  }

  /** Tells how far a painting is. @returns whether it is wanted still */
  private async pulse(id: string, job: Job, progress: { readonly step: number }): Promise<boolean> {
    try {
      if (progress.step > 0) await job.updateProgress(progress);
      return (await this.redis.exists(cancelKey(id))) === 0;
    } catch {
      // It is told the next time.
      return true;
    }
  }

  /** Says once what goes on being wrong. */
  private trouble(message: string): void {
    if (message === this.lastTrouble) return;
    this.lastTrouble = message;
    this.options.tell({ event: 'trouble', message });
  }
}
