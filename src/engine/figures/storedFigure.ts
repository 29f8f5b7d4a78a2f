import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { AtelierError, type ErrorCode } from '../../common/errors';
import { msg } from '../../common/messages';
import { writeJsonAtomically } from '../../common/atomicFile';
import { isFileLock, acquireFileLock, type FileLock } from '../../common/fileLock';
import { lockHolder } from '../../common/fileLockHolder';
import { writeFailed } from '../../common/fileError';
import { type FigurePlan, figurePlanSchema } from './figurePlan';
import { explanationSchema } from '../../common/messageSchema';
import { toStored } from '../../recipe/storedRecipe';
import { makeFolder } from '../../common/makeFolder';

/** The files of a figure, relative to its folder; its pictures are beside them, `ID.png`. */
export const figureFiles = {
  request: 'request.json',
  state: 'state.json',
  index: 'figure.json',
  sheet: 'sheet.png',
  page: 'index.html',
  lock: 'lock.json',
} as const;

/** `interrupted`: its engine or its window went while it was made. `stopped`: a person stopped it. */
export const FIGURE_STATUSES = ['waiting', 'running', 'stopped', 'interrupted', 'done', 'failed'] as const;
export type FigureStatus = (typeof FIGURE_STATUSES)[number];

const stateSchema = z.object({
  /** ISO 8601. */
  createdAt: z.string(),
  status: z.enum(FIGURE_STATUSES),
  error: z
    .object({
      code: z.custom<ErrorCode>(value => typeof value === 'string'),
      message: z.string(),
      next: z.string().exactOptional(),
      explanation: z.exactOptional(explanationSchema),
    })
    .exactOptional(),
});
export type FigureState = z.output<typeof stateSchema>;

const indexSchema = z.object({
  pictures: z.array(
    z.object({
      id: z.string(),
      file: z.string(),
      relativeLoss: z.number().exactOptional(),
      psnr: z.number().exactOptional(),
      losses: z.object({ content: z.number(), style: z.number() }).exactOptional(),
    }),
  ),
});
/** A finished picture, as the index of the figure has it. */
export type StoredPicture = z.output<typeof indexSchema>['pictures'][number];

/** A figure as its folder tells it. */
export interface StoredFigure {
  /** Absolute path. */
  readonly folder: string;
  readonly request: FigurePlan;
  /** One that says it is at work, but that no living process holds, is `interrupted`. */
  readonly state: FigureState;
  readonly pictures: readonly StoredPicture[];
  /** Ids of pictures that are there as drafts. */
  readonly drafts: readonly string[];
  /** The process that makes it, or has it in its queue. */
  readonly owner?: number;
}

/** Where the figures of a storage folder are. */
export function figuresFolder(storage: string): string {
  return path.join(storage, 'figures');
}

const idPattern = /^\d{17}-[0-9a-f]{4}$/;

function newFigureId(now: Date): string {
  return `${now.toISOString().replace(/\D/g, '').slice(0, 17)}-${randomBytes(2).toString('hex')}`;
}

/**
 * Creates a figure that waits to be made.
 * @returns the absolute path of its folder, under `storage`/figures
 * @throws `write-failed`
 */
export function createFigure(storage: string, request: FigurePlan, now = new Date()): string {
  const stored = request.kind === 'tradeoff' ? { ...request, base: toStored(request.base) } : request;
  const id = newFigureId(now);
  const folder = path.resolve(figuresFolder(storage), id);
  // The folder gets its name when it is complete, so that a list never shows half a figure.
  const unfinished = path.join(path.dirname(folder), `.${id}`);
  try {
    makeFolder(unfinished);
    writeJsonAtomically(path.join(unfinished, figureFiles.request), stored);
    writeFigureState(unfinished, { createdAt: now.toISOString(), status: 'waiting' });
    fs.renameSync(unfinished, folder);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    throw writeFailed(folder, error);
  }
  return folder;
}

export function writeFigureState(folder: string, state: FigureState): void {
  writeJsonAtomically(path.join(folder, figureFiles.state), state);
}

/**
 * Reads where a figure stands.
 * @throws `file-missing` when the folder does not exist, `job-corrupt` when it is no figure
 */
export function readFigure(folder: string): StoredFigure {
  if (!fs.existsSync(folder))
    throw new AtelierError('file-missing', msg`${folder}: there is no such figure.`, {
      next: msg`Make it again.`,
    });
  const request = figurePlanSchema.safeParse(readJson(path.join(folder, figureFiles.request)));
  const state = stateSchema.safeParse(readJson(path.join(folder, figureFiles.state)));
  if (!request.success || !state.success)
    throw new AtelierError('job-corrupt', msg`${folder} contains no figure.`, {
      next: msg`Delete the folder and make the figure again.`,
    });
  const owner = lockHolder(path.join(folder, figureFiles.lock))?.pid;
  const index = indexSchema.safeParse(readJson(path.join(folder, figureFiles.index)));
  const pictures = (index.data?.pictures ?? []).filter(({ file }) => fs.existsSync(path.join(folder, file)));
  const drafts = fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.png') && !name.startsWith('.') && name !== figureFiles.sheet)
    .map(name => name.slice(0, -'.png'.length))
    .filter(id => !pictures.some(picture => picture.id === id));
  const abandoned = owner === undefined && state.data.status === 'running';
  return {
    folder: path.resolve(folder),
    request: request.data,
    state: abandoned ? { ...state.data, status: 'interrupted' } : state.data,
    pictures,
    drafts,
    ...(owner === undefined ? {} : { owner }),
  };
}

/** Whether a folder holds a figure that `createFigure` has made. */
export function isStoredFigure(folder: string): boolean {
  try {
    readFigure(folder);
    return true;
  } catch {
    return false;
  }
}

/** All readable figures, newest first. Folders that are no figures are left out. */
export function listFigures(storage: string): StoredFigure[] {
  const folder = figuresFolder(storage);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter(name => !name.startsWith('.'))
    .sort()
    .reverse()
    .flatMap(name => {
      try {
        return [readFigure(path.join(folder, name))];
      } catch (error) {
        if (error instanceof AtelierError) return [];
        throw error;
      }
    });
}

/**
 * Deletes figures of the storage that are older than so many days, never one that a process holds, nor a folder that
 * has not the name of a figure.
 */
export function pruneFigures(storage: string, days: number, now = Date.now()): void {
  for (const { folder, state, owner } of listFigures(storage)) {
    const isOurs = idPattern.test(path.basename(folder)) && fs.lstatSync(folder).isDirectory();
    if (isOurs && owner === undefined && now - Date.parse(state.createdAt) > days * 86_400_000)
      fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Takes the lock of a figure: whoever has it may work on it.
 * @throws `job-busy` when a living process has it; the errors of `readFigure`
 */
export function lockFigure(folder: string): FileLock {
  readFigure(folder);
  const result = acquireFileLock(path.join(folder, figureFiles.lock));
  if (isFileLock(result)) return result;
  throw new AtelierError('job-busy', msg`Process ${String(result.pid)} is making the figure ${folder}.`, {
    next: msg`Wait until it is done, or stop it there.`,
  });
}

/** The error for a figure whose folder was deleted under it. */
export function folderGone(folder: string): AtelierError {
  return new AtelierError('file-missing', msg`${folder} was deleted while the figure was being made.`, {
    next: msg`Make it again.`,
  });
}

/** `undefined` for a file that is missing or no JSON. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
