import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { reportError } from '../../common/errors';
import { mergedTuning } from '../../protocol/tuning';
import type { Tuning } from '../../protocol/request';
import type { JobEvent } from '../../protocol/jobEvent';
import type { Overwrite } from '../../jobs/folder';
import type { Recipe } from '../../recipe/recipe';
import { initialState, isActive, reduceJob } from '../../jobs/state';
import type { EngineOwner } from '../engine/engineOwner';
import type { Settings } from '../settings';
import { QueueOrder } from './queueOrder';
import type { Run } from './run';
import { halt } from './runEnd';
import { canResume, fromDisk } from './storedRun';

/** Reading job folders needs the recipe's schema, which is not worth loading before somebody looks. */
const jobFolder = () => import('../deferred');

/** All runs of the storage, and the one place that starts, steers and deletes them. */
export class Runs implements vscode.Disposable {
  private readonly runs = new Map<string, Run>();
  private readonly queue = new QueueOrder();
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
    return this.queue.sorted([...this.runs.values()].filter(run => run.here && isActive(run.state)));
  }

  /** How many runs the queue has had since it was empty, and how many of them have ended. */
  get progress(): { readonly ended: number; readonly total: number } {
    return this.queue.progress(this.active);
  }

  /** How many runs of this window come before a waiting one. */
  ahead({ folder }: Run): number {
    return Math.max(
      0,
      this.active.findIndex(one => one.folder === folder),
    );
  }

  /**
   * Puts waiting runs before another one, or at the end of the queue; those at work stay there.
   * @param before job folder
   */
  async moveBefore(folders: readonly string[], before?: string): Promise<void> {
    const order = this.queue.moved(this.active, folders, before);
    if (order === undefined) return;
    await this.engine.ask({ type: 'reorder', order });
    this.queue.take(order);
    this.listChanged.fire();
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

  /** Ends the run with the scale that it is at, whose picture is the result. */
  async finish(folder: string): Promise<void> {
    await this.engine.ask({ type: 'finish', job: folder });
  }

  /**
   * Takes a run out of the storage, from where `takeBack` gets it until `forget`. What is at work is stopped, what waits
   * leaves the queue.
   * @returns whether it was at work or waiting
   */
  async discard(folder: string): Promise<boolean> {
    const { discardJob } = await jobFolder();
    const run = this.runs.get(folder);
    if (run === undefined) return false;
    const wasActive = run.here && isActive(run.state);
    // Moved meanwhile with its storage, it is not looked for.
    if (wasActive && (await halt(this, folder)) === undefined) return false;
    discardJob(this.settings.storage, folder);
    this.runs.delete(folder);
    this.listChanged.fire();
    return wasActive;
  }

  /** Gets back a run that was discarded, as it was stopped. Throws `file-missing`. */
  async takeBack(folder: string): Promise<void> {
    const { readJob, restoreJob } = await jobFolder();
    restoreJob(folder);
    this.put(fromDisk(readJob(folder)));
    this.listChanged.fire();
  }

  /** Deletes a run that was discarded. */
  async forget(folder: string): Promise<void> {
    const { deleteDiscarded } = await jobFolder();
    deleteDiscarded(folder);
  }

  /** All strengths that were asked of a run in this window, one over the other. */
  tuningOf(folder: string): Tuning {
    return this.tunings.get(folder) ?? {};
  }

  /** A person has saved the picture of a run that nobody works on: it is not offered for that again. */
  async noteSaved(folder: string, output: string): Promise<void> {
    const { JobRecorder } = await jobFolder();
    JobRecorder.recordSaved(folder, output);
    this.hear(folder, { event: 'saved', output });
  }

  /** Calls a run by a name of the person's; by its own again for an empty one. Throws `write-failed`. */
  async rename(folder: string, name: string): Promise<void> {
    const { writeNotes } = await jobFolder();
    const { name: _before, ...run } = this.runs.get(folder) ?? (await this.open(folder));
    writeNotes(folder, name === '' ? {} : { name });
    this.put(name === '' ? run : { ...run, name });
    this.listChanged.fire();
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

  private async submit(run: Run): Promise<void> {
    this.queue.enter(run.folder, this.active);
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
    if (isActive(before.state) && !isActive(state)) this.queue.leave();
    if (isActive(state) !== isActive(before.state)) this.listChanged.fire();
    this.heard.fire({ run, event });
  }

  private put(run: Run): Run {
    this.runs.set(run.folder, run);
    this.changed.fire(run);
    return run;
  }
}
