import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { msg, type Message } from '../common/messages';
import { writeFailed } from '../common/fileError';
import { writeJsonAtomically } from '../common/atomicFile';
import { byTerm, storedLosses } from './byTerm';
import { emptyHistory, type LossHistory } from './history';
import { newJobId } from './id';
import { jobFiles } from './jobFiles';
import { lockHolder } from '../common/fileLockHolder';
import { type Recipe } from '../recipe/recipe';
import { fromStored, toStored } from '../recipe/storedRecipe';
import { initialState, isActive, JOB_STATUSES, type JobState } from './state';
import { readNotes } from './notes';
import { readSteps } from './steps';
import { makeFolder } from '../common/makeFolder';
import { systemCode } from '../common/systemErrors';

export { jobFiles };

/**
 * Whether a result may take the place of a file: of any at all, since a person has agreed to that; of paintings of
 * Atelier alone, where nobody was asked; of none.
 */
export type Overwrite = boolean | 'never';

/** A job as its folder tells it. */
export interface StoredJob {
  /** Absolute path. */
  readonly folder: string;
  /** The folder's name; sorts by time of creation. */
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly recipe: Recipe;
  /** Says that the painting may differ, since another version has asked for something that is not known here. */
  readonly remark?: Message;
  readonly overwrite: Overwrite;
  /** What a person has called it. */
  readonly name?: string;
  /** The process that was begun to paint this job alone: it may be ended. */
  readonly painter?: number;
  /** Without the history, which `readJobHistory` reads. */
  readonly state: JobState;
  /** The process that runs it, or has it in its queue. */
  readonly owner?: number;
  readonly resumable: boolean;
}

/** Where the jobs of a storage folder are. */
export function jobsFolder(storage: string): string {
  return path.join(storage, 'jobs');
}

/** What is said of a new job beside its recipe. */
interface NewJob {
  readonly now?: Date;
  /** False by default. */
  readonly overwrite?: Overwrite;
  readonly painter?: number;
}

/**
 * Creates a job that waits to be run.
 * @returns the absolute path of its folder, under `storage`/jobs
 * @throws `write-failed`
 */
export function createJob(storage: string, recipe: Recipe, job: NewJob = {}): string {
  const { now = new Date() } = job;
  return createJobAt(path.join(jobsFolder(storage), newJobId(now)), recipe, { ...job, now });
}

/** `createJob` for one whose folder is named by somebody else: it is in no list of jobs. */
export function createJobAt(
  place: string,
  recipe: Recipe,
  { now = new Date(), overwrite = false, painter }: NewJob = {},
): string {
  const folder = path.resolve(place);
  // The folder gets its name when it is complete, so that a list never shows half a job.
  const unfinished = path.join(path.dirname(folder), `.${path.basename(folder)}`);
  try {
    makeFolder(path.join(unfinished, jobFiles.frames));
    writeJsonAtomically(path.join(unfinished, jobFiles.recipe), toStored(recipe));
    writeJobFile(unfinished, { createdAt: now.toISOString(), overwrite, painter, state: initialState });
    fs.renameSync(unfinished, folder);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    throw writeFailed(folder, error);
  }
  return folder;
}

interface JobFile {
  readonly createdAt: string;
  /** Absent where nobody was asked. */
  readonly overwrite?: Overwrite | undefined;
  readonly painter?: number | undefined;
  readonly state: JobState;
}

/** Writes job.json; the history stays in steps.ndjson. */
export function writeJobFile(folder: string, { createdAt, overwrite, painter, state }: JobFile): void {
  const { history: _history, ...rest } = state;
  const agreed = overwrite === false ? {} : { overwrite };
  writeJsonAtomically(path.join(folder, jobFiles.job), {
    version: 1,
    createdAt,
    ...agreed,
    painter,
    state: rest,
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (cause) {
    const missing = systemCode(cause) === 'ENOENT';
    throw new AtelierError('job-corrupt', missing ? msg`${file} is missing.` : msg`${file} cannot be read.`, {
      next: msg`Delete the job and run it again.`,
      cause,
    });
  }
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every(item => typeof item === 'object' && item !== null);
}

function isJobFile(value: unknown): value is JobFile {
  if (typeof value !== 'object' || value === null) return false;
  const { createdAt, state } = value as Partial<Record<string, unknown>>;
  if (typeof createdAt !== 'string' || typeof state !== 'object' || state === null) return false;
  const { status, plan, frames, retunings, step } = state as Partial<JobState>;
  return (
    JOB_STATUSES.some(known => known === status) &&
    [plan, frames, retunings].every(isListOfObjects) &&
    typeof step === 'number'
  );
}

/** The state with losses and strengths by term, which older files have by group. */
function inTerms({ losses, ...state }: JobState): JobState {
  const read = storedLosses.safeParse(losses).data;
  const retunings = state.retunings.flatMap(({ step, strengths }) => {
    const known = byTerm.safeParse(strengths).data;
    return known === undefined ? [] : [{ step, strengths: known }];
  });
  return { ...state, retunings, ...(read && { losses: read }) };
}

/** Created a moment ago, and its engine may not have heard of it yet. */
function isNew({ createdAt, state }: JobFile): boolean {
  return (
    state.queuedAt === undefined &&
    state.startedAt === undefined &&
    Date.now() - Date.parse(createdAt) < 30_000
  );
}

/**
 * Reads where a job stands. One that says it is active but that no living process holds is `interrupted`.
 * @throws `file-missing` when the folder does not exist, `job-corrupt` when it is not a job
 */
export function readJob(folder: string): StoredJob {
  if (!fs.existsSync(folder)) {
    throw new AtelierError('file-missing', msg`${folder}: there is no such job.`, {
      next: msg`A job is a folder with a recipe.json and a job.json.`,
    });
  }
  const jobFile = path.join(folder, jobFiles.job);
  const recipeFile = path.join(folder, jobFiles.recipe);
  // Nobody is told to delete what never was a job.
  if (![jobFile, recipeFile].some(file => fs.existsSync(file))) {
    throw new AtelierError('job-corrupt', msg`${folder} is not a job.`, {
      next: msg`A job is a folder with a recipe.json and a job.json.`,
    });
  }
  const job = readJson(jobFile);
  if (!isJobFile(job))
    throw new AtelierError('job-corrupt', msg`${jobFile} is not a job's state.`, {
      next: msg`Delete the job and run it again.`,
    });
  const { recipe, remark } = fromStored(readJson(recipeFile), recipeFile);
  const { name } = readNotes(folder);
  const owner = lockHolder(path.join(folder, jobFiles.lock))?.pid;
  const abandoned = owner === undefined && isActive(job.state) && !isNew(job);
  const resumable = job.state.status !== 'done' && fs.existsSync(path.join(folder, jobFiles.checkpoint));
  return {
    folder: path.resolve(folder),
    id: path.basename(path.resolve(folder)),
    createdAt: job.createdAt,
    recipe,
    ...(remark === undefined ? {} : { remark }),
    overwrite: job.overwrite === true || job.overwrite === 'never' ? job.overwrite : false,
    ...(name === undefined ? {} : { name }),
    ...(typeof job.painter === 'number' ? { painter: job.painter } : {}),
    state: {
      ...inTerms(job.state),
      history: emptyHistory,
      ...(abandoned ? { status: 'interrupted' as const } : {}),
    },
    ...(owner === undefined ? {} : { owner }),
    resumable,
  };
}

/** The losses of all steps so far, decimated. */
export function readJobHistory(folder: string): LossHistory {
  return readSteps(path.join(folder, jobFiles.steps));
}

/** All readable jobs, newest first. Folders that are no jobs are left out. */
export function listJobs(storage: string): StoredJob[] {
  return jobFolders(storage).flatMap(folder => {
    try {
      return [readJob(folder)];
    } catch (error) {
      if (error instanceof AtelierError) return [];
      throw error;
    }
  });
}

function jobFolders(storage: string): string[] {
  const folder = jobsFolder(storage);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => path.resolve(folder, name))
    .sort()
    .reverse();
}

/** The error for a job that another process works on. */
export function jobBusy(folder: string, pid: number): AtelierError {
  return new AtelierError('job-busy', msg`Process ${String(pid)} is working on the job ${folder}.`, {
    next: msg`Wait until it is done, or stop it there.`,
  });
}

/** Bytes on disk of everything in a job's folder. */
export function jobSize(folder: string): number {
  let bytes = 0;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile())
      bytes += fs.statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}
