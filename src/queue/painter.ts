import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { makeFolder } from '../common/makeFolder';
import { msg } from '../common/messages';
import { writeAtomically, writeJsonAtomically } from '../common/atomicFile';
import { EngineClient } from '../engine/process/client';
import { readCheckpoint } from '../jobs/checkpoint';
import { createJobAt, jobFiles, readJob } from '../jobs/folder';
import type { JobEvent } from '../protocol/jobEvent';
import type { EngineSettings } from '../protocol/request';
import type { Recipe } from '../recipe/recipe';
import { toStored } from '../recipe/storedRecipe';
import { removeOldWork } from './workFolders';

export interface PainterOptions {
  /** Absolute path of the engine's bundle. */
  readonly entry: string;
  readonly settings: EngineSettings;
  /** Where paintings are kept while they are made; absolute. */
  readonly folder: string;
  readonly log?: (message: string) => void;
}

/** What whoever has a picture painted hears of it. */
export interface PaintingListener {
  progress?(step: number, totalSteps: number): void;
  /** A checkpoint is in the file. */
  checkpoint?(file: string, step: number): void;
}

export interface Painted {
  /** The picture, a PNG. */
  readonly file: string;
  /** Computing time. */
  readonly seconds: number;
}

/**
 * Paints in an engine process of its own, one picture after another, each in a folder that is called after the painting:
 * whatever interrupts it, the same painting goes on from there.
 */
export class Painter {
  private readonly client: EngineClient;
  private readonly listeners = new Map<string, (event: JobEvent) => void>();

  constructor(private readonly options: PainterOptions) {
    const { entry, settings, folder, log } = options;
    this.client = new EngineClient({ entry, settings });
    this.client.listen({
      event: (job, event) => this.listeners.get(job)?.(event),
      log: (level, message) => {
        if (level === 'warn' || level === 'error') log?.(message);
      },
    });
    removeOldWork(folder);
  }

  /**
   * Paints a picture, from where it was left.
   * @param id 64 hexadecimal digits
   * @param checkpoint bytes of one that was written elsewhere; taken where it is further than what is here
   * @throws what went wrong; `interrupted` when the signal stopped it, with a checkpoint kept
   */
  async paint(
    id: string,
    recipe: Recipe,
    signal: AbortSignal,
    listener: PaintingListener = {},
    checkpoint?: Buffer,
  ): Promise<Painted> {
    const folder = this.prepare(id, recipe);
    const file = path.join(folder, jobFiles.result);
    const { state } = readJob(folder);
    if (state.status === 'done' && fs.existsSync(file)) return { file, seconds: state.seconds };
    if (checkpoint !== undefined) adoptCheckpoint(folder, checkpoint);
    const ended = this.ended(folder, listener);
    const stop = () => {
      this.client.request({ type: 'stop', job: folder, keep: false }).catch(() => undefined);
    };
    try {
      signal.throwIfAborted();
      await this.client.run(folder);
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      return { file, seconds: await ended };
    } catch (error) {
      throw signal.aborted ? stopped() : error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.listeners.delete(folder);
    }
  }

  /** Deletes what is left of a painting that nobody needs any more. */
  discard(id: string): void {
    fs.rmSync(this.folderOf(id), { recursive: true, force: true });
  }

  /** Keeps a checkpoint of what is being painted, and ends the engine. */
  close(): Promise<void> {
    return this.client.close();
  }

  private folderOf(id: string): string {
    if (!/^[\da-f]{64}$/.test(id)) throw new RangeError(`no painting: ${id}`);
    return path.join(this.options.folder, id);
  }

  private prepare(id: string, wanted: Recipe): string {
    const folder = this.folderOf(id);
    const recipe = { ...wanted, output: path.join(folder, jobFiles.result) };
    try {
      readJob(folder);
      // The same pictures may lie elsewhere today.
      writeJsonAtomically(path.join(folder, jobFiles.recipe), toStored(recipe));
    } catch (error) {
      if (!(error instanceof AtelierError)) throw error;
      // Not there, or damaged.
      this.discard(id);
      makeFolder(this.options.folder);
      createJobAt(folder, recipe);
    }
    return folder;
  }

  /** Resolves to the computing time when it is done. */
  private ended(folder: string, listener: PaintingListener): Promise<number> {
    let totalSteps = 0;
    const ended = new Promise<number>((resolve, reject) => {
      this.listeners.set(folder, event => {
        switch (event.event) {
          case 'started':
            totalSteps = event.plan.reduce((sum, { steps }) => sum + steps, 0);
            break;
          case 'step':
            listener.progress?.(event.step, totalSteps);
            break;
          case 'checkpoint':
            listener.checkpoint?.(path.join(folder, jobFiles.checkpoint), event.step);
            break;
          case 'done':
            resolve(event.seconds);
            break;
          case 'stopped':
            reject(stopped());
            break;
          case 'failed':
            reject(AtelierError.of(event.error));
            break;
          case 'interrupted':
            if (!event.resuming) reject(AtelierError.of(event.error));
            break;
          default:
        }
      });
    });
    // Whoever asked hears of it, or has heard of something else first.
    ended.catch(() => undefined);
    return ended;
  }
}

function stopped(): AtelierError {
  return new AtelierError('interrupted', msg`Stopped; the painting so far is kept.`);
}

/** Takes a checkpoint from elsewhere unless the one that is here is further, or it cannot be read. */
function adoptCheckpoint(folder: string, bytes: Buffer): void {
  const file = path.join(folder, jobFiles.checkpoint);
  const own = fs.existsSync(file) ? fs.readFileSync(file) : undefined;
  const ownStep = stepOf(folder);
  writeAtomically(file, [bytes]);
  const itsStep = stepOf(folder);
  if (itsStep !== undefined && itsStep > (ownStep ?? -1)) return;
  if (own !== undefined && ownStep !== undefined) writeAtomically(file, [own]);
  else fs.rmSync(file, { force: true });
}

/** The step of the checkpoint in a folder, if there is one that can be used. */
function stepOf(folder: string): number | undefined {
  try {
    return readCheckpoint(folder)?.state.step;
  } catch {
    return undefined;
  }
}
