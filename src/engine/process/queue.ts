import { AtelierError, reportError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { JobEvent } from '../../protocol/jobEvent';
import type { FigureEvent } from '../../protocol/figureEvent';
import type { EngineSettings } from '../../protocol/request';
import type { RunControl } from '../run/control';
import { inOrder } from '../../common/inOrder';
import { QueuedFigure } from '../figures/queuedFigure';
import { QueuedJob } from '../run/queuedJob';
import type { RunOptions } from '../run/runOptions';
import type { InsightSubscription } from '../insights/subscription';

export interface QueueOptions {
  readonly settings: () => EngineSettings;
  readonly emit: (job: string, event: JobEvent) => void;
  readonly emitFigure: (figure: string, event: FigureEvent) => void;
  readonly log: RunOptions['log'];
  /** What someone looks at beside the paintings. */
  readonly subscription: InsightSubscription;
}

type Queued = QueuedJob | QueuedFigure;

/** Jobs and figures of one engine, one after another. */
export class JobQueue {
  /** The first is at work. */
  private readonly jobs: Queued[] = [];
  private working: Promise<void> | undefined;
  private closing = false;

  constructor(private readonly options: QueueOptions) {}

  /**
   * Puts a job at the end of the queue.
   * @returns how many are before it; the same job twice is one job
   * @throws `job-busy`, `file-missing`, `job-corrupt`
   */
  add(folder: string): number {
    const { emit, log, subscription } = this.options;
    return this.enqueue(
      folder,
      () => new QueuedJob(folder, { emit: event => emit(folder, event), log, subscription }),
    );
  }

  /**
   * Puts a figure at the end of the queue.
   * @returns how many are before it; the same figure twice is one
   * @throws `job-busy`, `file-missing`, `job-corrupt`
   */
  addFigure(folder: string): number {
    const { emitFigure, log } = this.options;
    return this.enqueue(
      folder,
      () => new QueuedFigure(folder, { emit: event => emitFigure(folder, event), log }),
    );
  }

  /** Puts those that wait into this order; what is not named comes after, in the order that it had. */
  reorder(order: readonly string[]): void {
    const [first, ...waiting] = this.jobs;
    if (first !== undefined) this.jobs.splice(0, Infinity, first, ...inOrder(waiting, order));
  }

  /** Whether a job is here, at work or waiting. */
  get busy(): boolean {
    return this.jobs.length > 0;
  }

  /** Someone looks at insights: they are computed beside the painting, or at once when nothing is painted. */
  startInsights(): void {
    if (this.options.subscription.current !== undefined) this.begin();
  }

  /** @throws `file-missing` when the job is not in this queue */
  control(folder: string): RunControl {
    return this.find(folder).control;
  }

  /**
   * Stops a job, or takes it out of the queue.
   * @throws `file-missing` when the job is not in this queue
   */
  stop(folder: string, keep: boolean): void {
    const job = this.find(folder);
    job.stop(keep);
    this.giveUpWaiting(job);
  }

  /** @throws `file-missing` when the figure is not in this queue */
  stopFigure(folder: string): void {
    const figure = this.jobs.find(job => job.folder === folder);
    if (!(figure instanceof QueuedFigure))
      throw new AtelierError('file-missing', msg`The figure ${folder} is not being made.`);
    figure.stop();
    this.giveUpWaiting(figure);
  }

  /** Stops everything with checkpoints and waits until that is done. */
  async close(): Promise<void> {
    this.closing = true;
    for (const job of [...this.jobs]) {
      job.stop(false);
      this.giveUpWaiting(job);
    }
    await this.working;
  }

  private enqueue(folder: string, create: () => Queued): number {
    const known = this.jobs.findIndex(job => job.folder === folder);
    if (known >= 0) return known;
    if (this.closing) throw new AtelierError('engine-died', msg`The engine has been closed.`);
    const job = create();
    this.jobs.push(job);
    job.announce(this.jobs.length > 1);
    this.begin();
    return this.jobs.length - 1;
  }

  private find(folder: string): QueuedJob {
    const job = this.jobs.find(candidate => candidate.folder === folder);
    if (job instanceof QueuedJob) return job;
    throw new AtelierError('file-missing', msg`The job ${folder} is not running.`);
  }

  /** One that waits leaves the queue at once; the one at work comes to its end by itself. */
  private giveUpWaiting(job: Queued): void {
    const place = this.jobs.indexOf(job);
    if (place < 1) return;
    this.jobs.splice(place, 1);
    job.giveUp(this.closing);
    job.release();
  }

  private begin(): void {
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    do {
      for (let job = this.jobs[0]; job !== undefined; job = this.jobs[0]) {
        try {
          await job.perform(this.options.settings(), () => this.closing);
        } catch (error) {
          // Whatever it is, the others are painted.
          this.options.log('error', `${job.folder}: ${reportError(error).message}`);
        } finally {
          this.jobs.shift();
          job.release();
        }
      }
      await this.computeIdleInsights();
    } while (this.jobs.length > 0);
  }

  /** Computes what someone looks at until a job comes; a new subscription begins anew. */
  private async computeIdleInsights(): Promise<void> {
    const { subscription, settings, log } = this.options;
    const shouldContinue = async (): Promise<boolean> => {
      await new Promise<void>(resolve => setImmediate(resolve));
      return this.jobs.length === 0 && !this.closing;
    };
    let watched;
    while (
      subscription.current !== undefined &&
      subscription.current !== watched &&
      (await shouldContinue())
    ) {
      watched = subscription.current;
      try {
        const { computeIdleInsights } = await import('../insights/idleInsights');
        await computeIdleInsights(subscription, settings(), shouldContinue);
      } catch (error) {
        log('warn', `insights ended: ${reportError(error).message}`);
      }
    }
  }
}
