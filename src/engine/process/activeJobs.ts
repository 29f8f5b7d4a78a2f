import type { JobEvent } from '../../protocol/jobEvent';
import type { FigureEvent } from '../../protocol/figureEvent';
import { inOrder } from '../../common/inOrder';
import type { Request } from '../../protocol/engine';

/** A request about a job or figure that an engine may not live to fulfil. */
export type StandingRequest = Extract<Request, { type: 'pause' | 'stop' | 'stopFigure' }>;

/** A job or figure that was given to an engine and has not come to an end. */
export interface ActiveJob {
  /** Absolute path; tells them apart. */
  readonly folder: string;
  readonly kind: 'job' | 'figure';
  /** What was asked of it last and holds for the next engine, too: to pause, or to stop. */
  readonly standingRequest: StandingRequest | undefined;
  /** Whether an engine has begun it; the one that dies with the engine. */
  readonly begun: boolean;
}

/** Crashes under one job without a single step between them, after which the job is given up and not the engine. */
const MAX_JOB_CRASHES = 3;

interface Entry extends ActiveJob {
  standingRequest: StandingRequest | undefined;
  begun: boolean;
  /** Crashes since its last step. */
  crashes: number;
}

/** The jobs and figures that an engine has, and the next one gets when it dies. */
export class ActiveJobs {
  private readonly entries = new Map<string, Entry>();

  /** In the order in which they were given. */
  get folders(): readonly string[] {
    return [...this.entries.keys()];
  }

  has(folder: string): boolean {
    return this.entries.has(folder);
  }

  /** @returns whether it is new */
  add(folder: string, kind: ActiveJob['kind']): boolean {
    if (this.entries.has(folder)) return false;
    this.entries.set(folder, { folder, kind, standingRequest: undefined, begun: false, crashes: 0 });
    return true;
  }

  delete(folder: string): void {
    this.entries.delete(folder);
  }

  clear(): void {
    this.entries.clear();
  }

  /** Takes in a request that an engine has agreed to. */
  recordRequest(request: Request): void {
    switch (request.type) {
      case 'pause':
      case 'stop':
        return this.standingRequest(request.job, request);
      case 'continue':
      case 'finish':
        return this.standingRequest(request.job, undefined);
      case 'reorder':
        return this.reorder(request.order);
      case 'stopFigure':
        return this.standingRequest(request.figure, request);
      default:
    }
  }

  /** Takes in how far it has come; an end takes it out. */
  recordEvent(folder: string, { event }: JobEvent | FigureEvent): void {
    if (event === 'done' || event === 'stopped' || event === 'failed') this.entries.delete(folder);
    const entry = this.entries.get(folder);
    if (entry === undefined) return;
    if (event === 'started') entry.begun = true;
    if (event === 'step' || event === 'cell') entry.crashes = 0;
  }

  /**
   * Takes in that the engine is gone, and takes out what has died with it too often.
   * @param crashed of itself, not because somebody wanted another
   * @returns all that there were, and which of them are given up
   */
  recordCrash(crashed: boolean): readonly (ActiveJob & { readonly givenUp: boolean })[] {
    return [...this.entries.values()].map(entry => {
      if (crashed && entry.begun) entry.crashes += 1;
      const givenUp = entry.crashes >= MAX_JOB_CRASHES;
      if (givenUp) this.entries.delete(entry.folder);
      return { ...entry, givenUp };
    });
  }

  /** For another engine, which has begun none of them. What is returned goes on to tell what is asked of it. */
  handOver(): readonly ActiveJob[] {
    const all = [...this.entries.values()];
    for (const entry of all) entry.begun = false;
    return all;
  }

  private reorder(order: readonly string[]): void {
    const [first, ...waiting] = this.entries.values();
    if (first === undefined) return;
    this.entries.clear();
    for (const entry of [first, ...inOrder(waiting, order)]) this.entries.set(entry.folder, entry);
  }

  private standingRequest(folder: string, standingRequest: StandingRequest | undefined): void {
    const entry = this.entries.get(folder);
    if (entry !== undefined) entry.standingRequest = standingRequest;
  }
}
