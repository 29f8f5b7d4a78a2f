import * as fs from 'node:fs';
import { AtelierError, reportError, reportOf } from '../../common/errors';
import type { FileLock } from '../../common/fileLock';
import { writeFailed } from '../../common/fileError';
import type { EngineSettings } from '../../protocol/request';
import type { FigureEvent } from '../../protocol/figureEvent';
import type { RunOptions } from '../run/runOptions';
import { ComputeLock } from '../run/computeLock';
import { readLanguage } from './page/language';
import { folderGone, lockFigure, readFigure, writeFigureState, type FigureStatus } from './storedFigure';
import { msg } from '../../common/messages';

/** What a waiting figure needs of the queue. */
export interface QueuedFigureOptions {
  /** Hears every event after it was recorded. */
  readonly emit: (event: FigureEvent) => void;
  readonly log: RunOptions['log'];
}

/** A figure in the queue of the engine: waits for the compute lock as a job does, and records how it ended. */
export class QueuedFigure {
  private readonly lock: FileLock;
  private readonly cancellation = new AbortController();
  private readonly createdAt: string;
  /** How it ended, which is not told before the lock is free. */
  private readonly ending: FigureEvent[] = [];
  private troubled = false;

  /**
   * @param folder of the figure, whose lock is taken
   * @throws `job-busy`, `file-missing`, `job-corrupt`
   */
  constructor(
    readonly folder: string,
    private readonly options: QueuedFigureOptions,
  ) {
    this.createdAt = readFigure(folder).state.createdAt;
    this.lock = lockFigure(folder);
  }

  /** @param behind whether others are before it in the queue */
  announce(behind: boolean): void {
    this.record({ event: 'queued', ...(behind ? { behind: 'job' } : {}) });
  }

  /** Ends the work at the next evaluation; finished pictures are kept. */
  stop(): void {
    this.cancellation.abort();
  }

  /** Records that the figure leaves the queue before it was begun. */
  giveUp(closing: boolean): void {
    if (closing)
      this.record({
        event: 'interrupted',
        error: reportOf('interrupted', { message: msg`The window was closed or reloaded in the meantime.` }),
        resuming: false,
      });
    else this.record({ event: 'stopped' });
  }

  /** Lets go of the figure, then tells how it ended: whoever hears that can go on with it at once. */
  release(): void {
    this.lock.release();
    for (const event of this.ending.splice(0)) this.options.emit(event);
  }

  /**
   * Makes what is missing of the figure. Never rejects: whatever goes wrong is an event.
   * @param isClosing whether the engine ends, so that nobody asked for this figure to stop
   */
  async perform(settings: EngineSettings, isClosing: () => boolean): Promise<void> {
    const computeLock = new ComputeLock(settings.storage);
    try {
      const began = await computeLock.acquire(this.cancellation.signal, () =>
        this.record({ event: 'queued', behind: 'engine' }),
      );
      if (!began) return this.giveUp(isClosing());
      const { request } = readFigure(this.folder);
      const { makePlannedFigure } = await import('./makePlannedFigure');
      await makePlannedFigure(this.folder, request, {
        settings,
        language: readLanguage(settings.language),
        emit: event => this.record(event),
        gate: async () => {
          await new Promise<void>(resolve => setImmediate(resolve));
          if (this.cancellation.signal.aborted) throw new StoppedFigure();
        },
      });
    } catch (error) {
      if (error instanceof StoppedFigure) this.giveUp(isClosing());
      else this.record({ event: 'failed', error: reportError(this.explained(error)) });
    } finally {
      computeLock.release();
    }
  }

  /** A disk that fails, or a folder that is gone, costs the record, never the engine. */
  private record(event: FigureEvent): void {
    const status = statusAfter[event.event];
    if (status !== undefined) {
      const error = 'error' in event ? { error: event.error } : {};
      try {
        writeFigureState(this.folder, { createdAt: this.createdAt, status, ...error });
      } catch (trouble) {
        if (!this.troubled) this.options.log('warn', unrecorded(this.folder, trouble));
        this.troubled = true;
      }
    }
    if (endings.has(event.event)) this.ending.push(event);
    else this.options.emit(event);
  }

  /** What the file system says, as a sentence. */
  private explained(error: unknown): unknown {
    if (!fs.existsSync(this.folder)) return folderGone(this.folder);
    const isOfSystem = (error as NodeJS.ErrnoException).syscall !== undefined;
    return isOfSystem ? writeFailed(this.folder, error) : error;
  }
}

const endings: ReadonlySet<FigureEvent['event']> = new Set([
  'done',
  'stopped',
  'failed',
  'interrupted',
] as const);

const statusAfter: Readonly<Partial<Record<FigureEvent['event'], FigureStatus>>> = {
  queued: 'running',
  started: 'running',
  done: 'done',
  stopped: 'stopped',
  interrupted: 'interrupted',
  failed: 'failed',
};

/** Thrown through the work, to end it where it is. */
class StoppedFigure extends AtelierError {
  constructor() {
    super('interrupted', msg`The figure was stopped; finished pictures are kept.`);
  }
}

function unrecorded(folder: string, error: unknown): string {
  return `${folder}: the record of the figure cannot be written (${reportError(error).message})`;
}
