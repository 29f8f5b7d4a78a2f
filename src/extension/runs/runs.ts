import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { reportError } from '../../common/errors';
import { mergedTuning } from '../../protocol/tuning';
import type { Tuning } from '../../protocol/request';
import type { JobEvent } from '../../protocol/jobEvent';
import type { Overwrite, StoredJob } from '../../jobs/folder';
import type { Recipe } from '../../recipe/recipe';
import { initialState, isActive, reduceJob, type JobState } from '../../jobs/state';
import type { EngineOwner } from '../engine/engineOwner';
import type { Settings } from '../settings';
import type { Run } from './run';

/** Reading job folders needs the recipe's schema, which is not worth loading before somebody looks. */
const jobFolder = () => import('../deferred');

/** All runs of the storage, and the one place that starts, steers and deletes them. */
export class Runs implements vscode.Disposable {
  private readonly runs = new Map<string, Run>();
  private readonly changed = new vscode.EventEmitter<Run>();
  private readonly listChanged = new vscode.EventEmitter<void>();
  private readonly heard = new vscode.EventEmitter<{ readonly run: Run; readonly event: JobEvent }>();
  private readonly listening: readonly vscode.Disposable[];
  private loading: Promise<void> | undefined;

  /** A run has another state. */
  readonly onDidChange = this.changed.event;
  private readonly asked = new vscode.EventEmitter<Run | undefined>();
  private readonly tunings = new Map<string, Tuning>();
  private readonly tuned = new vscode.EventEmitter<{ readonly folder: string; readonly tuning: Tuning }>();

  /** Somebody wants to see a run, or what was on show before. */
  readonly onDidAskToShow = this.asked.event;
  /** Other strengths were asked for. */
  readonly onDidAskToRetune = this.tuned.event;
  /** Runs came or went. */
  readonly onDidChangeList = this.listChanged.event;
  /** What the engine said, after the run took it in. */
  readonly onDidReceiveEvent = this.heard.event;

  constructor(
    private readonly engine: EngineOwner,
    private readonly settings: Settings,
  ) {
    this.listening = [
      engine.onDidReceiveEvent(({ job, event }) => {
        this.hear(job, event);
      }),
      settings.onDidChangeStorage(() => {
        this.runs.clear();
        this.loading = undefined;
        this.listChanged.fire();
        void this.ensureLoaded().catch(() => undefined);
      }),
    ];
  }

  /** The folder of all job folders: the only one of ours that webviews read runs from. */
  get folder(): string {
    return path.join(this.settings.storage, 'jobs');
  }

  /** Newest first. */
  get all(): readonly Run[] {
    return [...this.runs.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  get(folder: string): Run | undefined {
    return this.runs.get(folder);
  }

  /** Runs of this window that are waiting or at work, in the order of the queue. */
  get active(): readonly Run[] {
    const active = this.all.filter(run => run.here && isActive(run.state)).reverse();
    return active.sort((a, b) => placeInQueue(a).localeCompare(placeInQueue(b)));
  }

  /** How many runs of this window come before a waiting one. */
  ahead({ folder }: Run): number {
    return Math.max(
      0,
      this.active.findIndex(one => one.folder === folder),
    );
  }

  /** Shows a run, or what was on show before. */
  show(run?: Run): void {
    this.asked.fire(run);
  }

  /** Looks at the storage again. Runs of this window keep what is known here, which is newer than the disk. */
  async refresh(): Promise<void> {
    const names = await fs.promises.readdir(this.folder).catch(() => []);
    const stored = names.length === 0 ? [] : (await jobFolder()).listJobs(this.settings.storage);
    const present = new Set(stored.map(({ folder }) => folder));
    for (const folder of this.runs.keys()) if (!present.has(folder)) this.runs.delete(folder);
    for (const job of stored)
      if (this.runs.get(job.folder)?.here !== true) this.runs.set(job.folder, fromDisk(job));
    this.listChanged.fire();
  }

  /** Looks at the storage unless that has been done. */
  ensureLoaded(): Promise<void> {
    // What failed is tried again when somebody looks again.
    this.loading ??= this.refresh().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  /** The run in a job folder, with all its losses. Throws `file-missing` or `job-corrupt`. */
  async open(folder: string): Promise<Run> {
    const { readJob, readJobHistory } = await jobFolder();
    const known = this.runs.get(folder);
    const run = known?.here === true ? known : fromDisk(readJob(folder));
    if (run.state.history.steps.length > 0) return run;
    return this.put({ ...run, state: { ...run.state, history: readJobHistory(folder) } });
  }

  /**
   * Makes a job of the recipe and hands it to the engine, which may have others before it.
   * @param overwrite what its result may take the place of
   */
  async start(recipe: Recipe, overwrite: Overwrite = false): Promise<Run> {
    const { createJob } = await jobFolder();
    const run: Run = {
      folder: createJob(this.settings.storage, recipe, { overwrite }),
      createdAt: new Date().toISOString(),
      recipe,
      state: initialState,
      here: true,
      elsewhere: false,
      resumable: false,
    };
    this.put(run);
    this.listChanged.fire();
    await this.submit(run);
    return this.runs.get(run.folder) ?? run;
  }

  /** Goes on from the checkpoint, or from the start where there is none. */
  async resume(folder: string): Promise<Run> {
    const run = await this.open(folder);
    await this.submit(this.put({ ...run, here: true, resumable: false }));
    return this.runs.get(folder) ?? run;
  }

  async pause(folder: string): Promise<void> {
    await this.engine.ask({ type: 'pause', job: folder });
  }

  async continue(folder: string): Promise<void> {
    await this.engine.ask({ type: 'continue', job: folder });
  }

  /** Stops with a checkpoint; `keep` saves the picture as it is. */
  async stop(folder: string, keep: boolean): Promise<void> {
    await this.engine.ask({ type: 'stop', job: folder, keep });
  }

  /** Takes a waiting run out of the queue. What was never begun is deleted: there is nothing of it. */
  async dequeue(folder: string): Promise<void> {
    const ended = this.ended(folder);
    try {
      await this.engine.ask({ type: 'stop', job: folder, keep: false });
      const run = await ended.run;
      if (run !== undefined && run.state.startedAt === undefined) await this.delete(folder);
    } finally {
      ended.dispose();
    }
  }

  /** All strengths that were asked of a run in this window, one over the other. */
  tuningOf(folder: string): Tuning {
    return this.tunings.get(folder) ?? {};
  }

  async retune(folder: string, tuning: Tuning): Promise<void> {
    this.tunings.set(folder, mergedTuning(this.tuningOf(folder), tuning));
    this.tuned.fire({ folder, tuning });
    await this.engine.ask({ type: 'retune', job: folder, tuning });
  }

  /** Deletes the job with its previews and checkpoint. Saved results stay. */
  async delete(folder: string): Promise<void> {
    const { deleteJob } = await jobFolder();
    deleteJob(this.settings.storage, folder);
    this.runs.delete(folder);
    this.listChanged.fire();
  }

  dispose(): void {
    for (const one of this.listening) one.dispose();
    this.changed.dispose();
    this.listChanged.dispose();
    this.asked.dispose();
    this.tuned.dispose();
    this.heard.dispose();
  }

  /** Waits until a run is no longer waiting or at work; undefined when it is not among the runs any more. */
  private ended(folder: string): vscode.Disposable & { readonly run: Promise<Run | undefined> } {
    const listeners: vscode.Disposable[] = [];
    const run = new Promise<Run | undefined>(resolve => {
      listeners.push(
        this.onDidReceiveEvent(({ run: heard }) => {
          if (heard.folder === folder && !isActive(heard.state)) resolve(heard);
        }),
        this.onDidChangeList(() => {
          if (!this.runs.has(folder)) resolve(undefined);
        }),
      );
    });
    return { run, dispose: () => listeners.forEach(one => void one.dispose()) };
  }

  private async submit(run: Run): Promise<void> {
    try {
      await this.engine.run(run.folder);
    } catch (error) {
      this.hear(run.folder, { event: 'failed', error: reportError(error) });
    }
  }

  private hear(folder: string, event: JobEvent): void {
    const before = this.runs.get(folder);
    if (before === undefined) return;
    const state = reduceJob(before.state, event);
    const run = this.put({
      ...before,
      state,
      resumable: !isActive(state) && canResume(state),
    });
    if (isActive(state) !== isActive(before.state)) this.listChanged.fire();
    this.heard.fire({ run, event });
  }

  private put(run: Run): Run {
    this.runs.set(run.folder, run);
    this.changed.fire(run);
    return run;
  }
}

/** Text that sorts as the queue does: what is at work, or waits for the engine alone, before those behind it. */
function placeInQueue({ state, createdAt }: Run): string {
  const isBehind = state.status === 'queued' && state.behind !== 'engine';
  return isBehind ? `behind ${state.queuedAt ?? createdAt}` : 'at work';
}

function fromDisk({ folder, createdAt, recipe, remark, state, owner }: StoredJob): Run {
  const elsewhere = owner !== undefined;
  return {
    folder,
    createdAt,
    recipe,
    ...(remark === undefined ? {} : { remark }),
    state,
    here: false,
    elsewhere,
    resumable: !elsewhere && (state.status === 'queued' || canResume(state)),
  };
}

/** From the checkpoint, or from the start when it was cut off before the first. */
function canResume({ status, checkpointStep }: JobState): boolean {
  return status === 'interrupted' || (checkpointStep !== undefined && status !== 'done');
}
