import { AtelierError, reportError, reportOf } from '../../errors';
import type { Lock } from '../../jobs/lock';
import type { EngineSettings } from '../protocol';
import { Turn } from '../turn';
import type { FigureEvent } from './figureEvent';
import { readLanguage } from './language';
import { holdFigure, readFigure, writeFigureState, type FigureStatus } from './storedFigure';
import { phrase } from '../../phrase';

/** A figure in the queue of the engine: waits for its turn as a job does, and records how it ended. */
export class QueuedFigure {
  private readonly lock: Lock;
  private readonly leave = new AbortController();
  /** How it ended, which is not told before the lock is free. */
  private readonly ending: FigureEvent[] = [];

  /**
   * @param folder of the figure, whose lock is taken
   * @param emit hears every event after it was recorded
   * @throws `job-busy`, `file-missing`, `job-corrupt`
   */
  constructor(
    readonly folder: string,
    private readonly emit: (event: FigureEvent) => void,
  ) {
    this.lock = holdFigure(folder);
  }

  /** @param behind whether others are before it in the queue */
  announce(behind: boolean): void {
    this.record({ event: 'queued', ...(behind ? { behind: 'job' } : {}) });
  }

  /** Ends the work at the next evaluation; finished pictures are kept. */
  stop(): void {
    this.leave.abort();
  }

  /** Records that the figure leaves the queue before its turn. */
  giveUp(closing: boolean): void {
    if (closing)
      this.record({
        event: 'interrupted',
        error: reportOf('interrupted', { message: phrase`The window was closed or reloaded meanwhile.` }),
        resuming: false,
      });
    else this.record({ event: 'stopped' });
  }

  /** Lets go of the figure, then tells how it ended: whoever hears that can go on with it at once. */
  release(): void {
    this.lock.release();
    for (const event of this.ending.splice(0)) this.emit(event);
  }

  /**
   * Makes what is missing of the figure. Never rejects: whatever goes wrong is an event.
   * @param isClosing whether the engine ends, so that nobody asked for this figure to stop
   */
  async perform(settings: EngineSettings, isClosing: () => boolean): Promise<void> {
    const turn = new Turn(settings.storage);
    try {
      const began = await turn.take(this.leave.signal, () =>
        this.record({ event: 'queued', behind: 'engine' }),
      );
      if (!began) return this.giveUp(isClosing());
      const { request } = readFigure(this.folder);
      const { makeFigure } = await import('./makeFigure');
      await makeFigure(this.folder, request, {
        settings,
        language: readLanguage(settings.language),
        emit: event => this.record(event),
        gate: async () => {
          await new Promise<void>(resolve => setImmediate(resolve));
          if (this.leave.signal.aborted) throw new StoppedFigure();
        },
      });
    } catch (error) {
      if (error instanceof StoppedFigure) this.giveUp(isClosing());
      else this.record({ event: 'failed', error: reportError(error) });
    } finally {
      turn.pass();
    }
  }

  private record(event: FigureEvent): void {
    const status = statusAfter[event.event];
    if (status !== undefined) {
      const error = 'error' in event ? { error: event.error } : {};
      const { createdAt } = readFigure(this.folder).state;
      writeFigureState(this.folder, { createdAt, status, ...error });
    }
    if (endings.has(event.event)) this.ending.push(event);
    else this.emit(event);
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
    super('interrupted', phrase`The figure was stopped; finished pictures are kept.`);
  }
}
