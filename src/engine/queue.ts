import { AtelierError, reportError } from '../errors';
import { phrase } from '../phrase';
import type { JobEvent } from '../jobs/events';
import { holdJob } from '../jobs/hold';
import type { Lock } from '../jobs/lock';
import { JobRecorder } from '../jobs/recorder';
import { RunControl } from './control';
import type { FigureEvent } from './figures/figureEvent';
import { QueuedFigure } from './figures/queuedFigure';
import type { EngineSettings } from './protocol';
import type { RunOptions } from './runner';
import type { StudyWish } from './study/wish';
import { Turn } from './turn';

interface QueuedJob {
  readonly folder: string;
  readonly lock: Lock;
  readonly control: RunControl;
  readonly recorder: JobRecorder;
  /** Ends the wait for the turn. */
  readonly leave: AbortController;
}

export interface QueueOptions {
  readonly settings: () => EngineSettings;
  readonly emit: (job: string, event: JobEvent) => void;
  readonly emitFigure: (figure: string, event: FigureEvent) => void;
  readonly log: RunOptions['log'];
  /** What someone looks at beside the paintings. */
  readonly wish: StudyWish;
}

/** Jobs and figures of one engine, one after another. */
export class JobQueue {
  private readonly jobs: (QueuedJob | QueuedFigure)[] = [];
  private working: Promise<void> | undefined;
  private closing = false;

  constructor(private readonly options: QueueOptions) {}

  /**
   * Puts a job at the end of the queue.
   * @returns how many are before it; the same job twice is one job
   * @throws `job-busy`, `file-missing`, `job-corrupt`
   */
  add(folder: string): number {
    const known = this.jobs.findIndex(job => job.folder === folder);
    if (known >= 0) return known;
    const lock = holdJob(folder);
    try {
      const recorder = JobRecorder.open(folder, error => this.options.log('warn', unrecorded(folder, error)));
      const job = { folder, lock, recorder, control: new RunControl(), leave: new AbortController() };
      this.jobs.push(job);
      const behind = this.jobs.length > 1 ? ({ behind: 'job' } as const) : {};
      this.record(job, { event: 'queued', at: new Date().toISOString(), ...behind });
    } catch (error) {
      lock.release();
      throw error;
    }
    this.begin();
    return this.jobs.length - 1;
  }

  /**
   * Puts a figure at the end of the queue.
   * @returns how many are before it; the same figure twice is one
   * @throws `job-busy`, `file-missing`, `job-corrupt`
   */
  addFigure(folder: string): number {
    const known = this.jobs.findIndex(job => job.folder === folder);
    if (known >= 0) return known;
    const figure = new QueuedFigure(folder, event => this.options.emitFigure(folder, event));
    this.jobs.push(figure);
    figure.announce(this.jobs.length > 1);
    this.begin();
    return this.jobs.length - 1;
  }

  /** @throws `file-missing` when the figure is not in this queue */
  stopFigure(folder: string): void {
    const figure = this.jobs.find(job => job.folder === folder);
    if (!(figure instanceof QueuedFigure))
      throw new AtelierError('file-missing', phrase`The figure ${folder} is not being made.`);
    figure.stop();
  }

  /** Whether a job is here, at work or waiting. */
  get busy(): boolean {
    return this.jobs.length > 0;
  }

  /** Someone looks at something: it is studied beside the painting, or at once when nothing is painted. */
  study(): void {
    if (this.options.wish.current !== undefined) this.begin();
  }

  /** @throws `file-missing` when the job is not in this queue */
  control(folder: string): RunControl {
    return this.find(folder).control;
  }

  private find(folder: string): QueuedJob {
    const job = this.jobs.find(candidate => candidate.folder === folder);
    if (job !== undefined && !(job instanceof QueuedFigure)) return job;
    throw new AtelierError('file-missing', phrase`The job ${folder} is not running.`);
  }

  /** Stops a job, or takes it out of the queue. */
  stop(folder: string, keep: boolean): void {
    const job = this.find(folder);
    job.control.stop(keep);
    job.leave.abort();
  }

  /** Stops everything with checkpoints and waits until that is done. */
  async close(): Promise<void> {
    this.closing = true;
    for (const job of [...this.jobs]) {
      if (job instanceof QueuedFigure) job.stop();
      else this.stop(job.folder, false);
    }
    await this.working;
  }

  private begin(): void {
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private record(job: QueuedJob, event: JobEvent): void {
    job.recorder.record(event);
    this.options.emit(job.folder, event);
  }

  private noteCutOff(job: QueuedJob): void {
    if (this.closing) this.record(job, cutOff);
  }

  private async work(): Promise<void> {
    do {
      for (let job = this.jobs[0]; job !== undefined; job = this.jobs[0]) {
        try {
          if (job instanceof QueuedFigure) await job.perform(this.options.settings(), () => this.closing);
          else await this.runToItsEnd(job);
        } finally {
          job.lock.release();
          this.jobs.shift();
        }
      }
      await this.studyAtRest();
    } while (this.jobs.length > 0);
  }

  private async runToItsEnd(job: QueuedJob): Promise<void> {
    try {
      await this.runInTurn(job);
    } catch (error) {
      this.record(job, { event: 'failed', error: reportError(error) });
    }
  }

  /** Studies what someone looks at until a job comes; a new wish begins anew. */
  private async studyAtRest(): Promise<void> {
    const { wish, settings, log } = this.options;
    const goOn = async (): Promise<boolean> => {
      await new Promise<void>(resolve => setImmediate(resolve));
      return this.jobs.length === 0 && !this.closing;
    };
    let studied;
    while (wish.current !== undefined && wish.current !== studied && (await goOn())) {
      studied = wish.current;
      try {
        const { studyAtRest } = await import('./study/atRest');
        await studyAtRest(wish, settings(), goOn);
      } catch (error) {
        log('warn', `a study ended: ${reportError(error).message}`);
      }
    }
  }

  private async runInTurn(job: QueuedJob): Promise<void> {
    const { recorder, control, leave } = job;
    const settings = this.options.settings();
    const turn = new Turn(settings.storage);
    const wait = () =>
      turn.take(leave.signal, () =>
        this.record(job, { event: 'queued', at: new Date().toISOString(), behind: 'engine' }),
      );
    try {
      if (!(await wait())) {
        this.record(job, { event: 'stopped', step: recorder.state.step });
        this.noteCutOff(job);
        return;
      }
      // Loaded with the first job: codecs and the runtime cost a good part of a second.
      const { runJob } = await import('./runner');
      const outcome = await runJob(job.folder, {
        settings,
        control,
        recorder,
        emit: event => this.options.emit(job.folder, event),
        log: this.options.log,
        wish: this.options.wish,
        // Whoever pauses lets the others paint meanwhile.
        onPause: () => turn.pass(),
        onContinue: async () => void (await turn.take(leave.signal)),
      });
      if (outcome.event === 'stopped') this.noteCutOff(job);
    } finally {
      turn.pass();
    }
  }
}

/** Nobody asked for the job to stop: it is offered again, other than one that was stopped. */
const cutOff: JobEvent = {
  event: 'interrupted',
  error: { code: 'interrupted', message: 'The window was closed or reloaded during the run.' },
  resuming: false,
};

function unrecorded(folder: string, error: unknown): string {
  return `${folder}: the record of the job cannot be written (${reportError(error).message})`;
}
