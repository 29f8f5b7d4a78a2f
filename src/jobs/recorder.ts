import * as fs from 'node:fs';
import * as path from 'node:path';
import { isTemporary } from '../common/atomicFile';
import type { JobEvent } from '../protocol/jobEvent';
import { lockJob } from './jobLock';
import { jobFiles, readJob, readJobHistory, writeJobFile, type StoredJob } from './folder';
import { reduceJob, type JobState } from './state';
import { appendWhole, stepLine, truncateSteps } from './steps';

/** Steps and frames reach the disk this often; every other event does at once. */
const FLUSH_MS = 500;

/**
 * Keeps a job's folder in step with its events: job.json, steps.ndjson, and no more frames than the state names.
 * A disk that fails costs the record, never the run: `onTrouble` hears of it once.
 */
export class JobRecorder {
  /** Steps that are not on the disk yet. */
  private steps: (JobEvent & { event: 'step' })[] = [];
  private flushedAt = 0;
  private troubled = false;

  private constructor(
    private readonly folder: string,
    private readonly job: Pick<StoredJob, 'createdAt' | 'overwrite' | 'painter'>,
    private current: JobState,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** @throws `file-missing`, `job-corrupt` */
  static open(folder: string, onTrouble: (error: unknown) => void): JobRecorder {
    const { state, ...job } = readJob(folder);
    return new JobRecorder(folder, job, { ...state, history: readJobHistory(folder) }, onTrouble);
  }

  get state(): JobState {
    return this.current;
  }

  /**
   * Records that a person has saved the picture of a job that nobody works on.
   * @throws `job-busy`, `file-missing`, `job-corrupt`
   */
  static recordSaved(folder: string, output: string): void {
    const lock = lockJob(folder);
    try {
      JobRecorder.open(folder, () => undefined).record({ event: 'saved', output });
    } finally {
      lock.release();
    }
  }

  record(event: JobEvent): void {
    const before = this.current;
    this.current = reduceJob(before, event);
    if (event.event === 'step') this.steps.push(event);
    // What comes after is void, and will come again.
    if (event.event === 'started') this.steps = this.steps.filter(({ step }) => step <= event.resumedAtStep);
    const often = event.event === 'step' || event.event === 'frame';
    const thinned = this.current.frames.length < before.frames.length;
    if (often && !thinned && Date.now() - this.flushedAt < FLUSH_MS) return;
    this.attempt(() => {
      if (event.event === 'started') this.voidAfter(event.resumedAtStep);
      else if (thinned) this.dropFrames();
      this.flush();
    });
  }

  /** Removes the files of frames that the state no longer names. */
  private dropFrames(): void {
    const named = new Set(this.current.frames.map(({ file }) => path.basename(file)));
    const folder = path.join(this.folder, jobFiles.frames);
    fs.mkdirSync(folder, { recursive: true });
    for (const name of fs.readdirSync(folder)) {
      const isOurs = /^\d{6,}\.jpg$/.test(name) || isTemporary(name);
      if (isOurs && !named.has(name)) fs.rmSync(path.join(folder, name), { force: true });
    }
  }

  private voidAfter(step: number): void {
    truncateSteps(path.join(this.folder, jobFiles.steps), step);
    this.dropFrames();
  }

  private flush(): void {
    this.flushedAt = Date.now();
    if (this.steps.length > 0) {
      appendWhole(path.join(this.folder, jobFiles.steps), this.steps.map(stepLine).join(''));
      this.steps = [];
    }
    const { createdAt, overwrite, painter } = this.job;
    writeJobFile(this.folder, { createdAt, overwrite, painter, state: this.current });
  }

  private attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!this.troubled) this.onTrouble(error);
      this.troubled = true;
    }
  }
}
