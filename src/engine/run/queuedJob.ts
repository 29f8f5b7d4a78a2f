import type { JobEvent } from '../../protocol/jobEvent';
import type { EngineSettings } from '../../protocol/request';
import { lockJob } from '../../jobs/jobLock';
import type { FileLock } from '../../common/fileLock';
import { JobRecorder } from '../../jobs/recorder';
import { reportError, reportOf } from '../../common/errors';
import { msg } from '../../common/messages';
import { RunControl } from './control';
import type { RunOptions } from './runOptions';
import { ComputeLock } from './computeLock';

/** What a waiting job needs of the queue. */
export interface QueuedJobOptions {
  /** Hears every event after it was recorded. */
  readonly emit: (event: JobEvent) => void;
  readonly log: RunOptions['log'];
  readonly subscription: RunOptions['subscription'];
}

/** A job in the queue of the engine: it holds the job's lock, waits for the compute lock, and is run under it. */
export class QueuedJob {
  readonly control = new RunControl();
  private readonly cancellation = new AbortController();
  private readonly lock: FileLock;
  private readonly recorder: JobRecorder;
  /** How it ended, which is not told before the lock is free. */
  private readonly ending: JobEvent[] = [];

  /**
   * @param folder of the job, whose lock is taken
   * @throws `job-busy`, `file-missing`, `job-corrupt`
   */
  constructor(
    readonly folder: string,
    private readonly options: QueuedJobOptions,
  ) {
    this.lock = lockJob(folder);
    try {
      this.recorder = JobRecorder.open(folder, error => options.log('warn', unrecorded(folder, error)));
    } catch (error) {
      this.lock.release();
      throw error;
    }
  }

  /** @param behind whether others are before it in the queue */
  announce(behind: boolean): void {
    this.queued(behind ? 'job' : undefined);
  }

  /** @param keep whether the picture is saved as it is */
  stop(keep: boolean): void {
    this.control.stop(keep);
    this.cancellation.abort();
  }

  /** Records that the job leaves the queue before it was begun. */
  giveUp(closing: boolean): void {
    this.record({ event: 'stopped', step: this.recorder.state.step });
    if (closing) this.record(cutOff);
  }

  /**
   * Waits for the compute lock and runs the job. Never rejects: whatever goes wrong is an event.
   * @param isClosing whether the engine ends, so that nobody asked for this job to stop
   */
  async perform(settings: EngineSettings, isClosing: () => boolean): Promise<void> {
    try {
      await this.performLocked(settings, isClosing);
    } catch (error) {
      this.record({ event: 'failed', error: reportError(error) });
    }
  }

  /** Lets go of the job, then tells how it ended: whoever hears that can delete it or run it again at once. */
  release(): void {
    this.lock.release();
    for (const event of this.ending.splice(0)) this.options.emit(event);
  }

  private async performLocked(settings: EngineSettings, isClosing: () => boolean): Promise<void> {
    const { log, subscription } = this.options;
    const computeLock = new ComputeLock(settings.storage);
    const take = async () =>
      settings.turns === false
        ? !this.cancellation.signal.aborted
        : computeLock.acquire(this.cancellation.signal, () => this.queued('engine'));
    try {
      if (!(await take())) return this.giveUp(isClosing());
      // Loaded with the first job: codecs and the runtime cost a good part of a second.
      const { runJob } = await import('./runJob');
      const outcome = await runJob(this.folder, {
        settings,
        control: this.control,
        recorder: this.recorder,
        emit: event => this.emit(event),
        log,
        ...(subscription === undefined ? {} : { subscription }),
        // Whoever pauses lets the others paint meanwhile.
        onPause: () => computeLock.release(),
        onContinue: async () => void (await take()),
      });
      if (outcome.event === 'stopped' && isClosing()) this.record(cutOff);
    } finally {
      computeLock.release();
    }
  }

  private queued(behind: 'job' | 'engine' | undefined): void {
    const at = new Date().toISOString();
    this.record({ event: 'queued', at, ...(behind === undefined ? {} : { behind }) });
  }

  private record(event: JobEvent): void {
    this.recorder.record(event);
    this.emit(event);
  }

  private emit(event: JobEvent): void {
    if (endings.has(event.event)) this.ending.push(event);
    else this.options.emit(event);
  }
}

const endings: ReadonlySet<JobEvent['event']> = new Set([
  'done',
  'stopped',
  'failed',
  'interrupted',
] as const);

/** Nobody asked for the job to stop: it is offered again, other than one that was stopped. */
const cutOff: JobEvent = {
  event: 'interrupted',
  error: reportOf('interrupted', { message: msg`The window was closed or reloaded during the run.` }),
  resuming: false,
};

function unrecorded(folder: string, error: unknown): string {
  return `${folder}: the record of the job cannot be written (${reportError(error).message})`;
}
