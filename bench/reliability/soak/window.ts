import { EngineClient, type EngineClientOptions } from '../../../src/engine/process/client';
import type { FigureEvent } from '../../../src/protocol/figureEvent';
import type { FigureInput } from '../../../src/protocol/request';
import type { JobEvent } from '../../../src/protocol/jobEvent';

type AnyEvent = JobEvent | FigureEvent;

/** Longer than anything here takes, however busy the machine is. */
const TIMEOUT_MS = 120_000;

/** What a window has: the supervisor of an engine. Keeps nothing of what it heard. */
export class Window {
  readonly client: EngineClient;
  /** Warnings and errors of the engine since they were last taken. */
  private complaints: string[] = [];

  constructor(options: EngineClientOptions) {
    this.client = new EngineClient(options);
    this.client.listen({
      log: (level, message) => {
        if (level === 'warn' || level === 'error') this.complaints.push(message);
      },
    });
  }

  takeComplaints(): string[] {
    return this.complaints.splice(0);
  }

  /** Has a job run and waits for its `count`-th event of a kind. */
  run(job: string, kind: JobEvent['event'], count = 1): Promise<AnyEvent> {
    return this.after(job, kind, count, () => this.client.run(job));
  }

  /** Has a figure made and waits for its `count`-th event of a kind. */
  makeFigure(figure: string, kind: FigureEvent['event'], count = 1): Promise<AnyEvent> {
    return this.after(figure, kind, count, () => this.client.makeFigure(figure));
  }

  async findFigure(ask: FigureInput): Promise<string> {
    return (await this.client.request({ type: 'findFigure', input: ask })).figure;
  }

  /** Waits for an event that something brings about. @throws when the work fails, or comes to another end */
  async after(
    folder: string,
    kind: AnyEvent['event'],
    count: number,
    bringAbout: () => Promise<unknown>,
  ): Promise<AnyEvent> {
    let stopListening = () => undefined as unknown;
    let timer: NodeJS.Timeout | undefined;
    const heard = new Promise<AnyEvent>((resolve, reject) => {
      let left = count;
      const hear = (about: string, event: AnyEvent) => {
        if (about !== folder) return;
        if (event.event === kind && --left === 0) resolve(event);
        else if (isEnd(event) && event.event !== kind)
          reject(new Error(`${event.event} before ${kind}: ${'error' in event ? event.error.message : ''}`));
      };
      stopListening = this.client.listen({ event: hear, figure: hear });
      timer = setTimeout(() => reject(new Error(`waited in vain for ${kind}`)), TIMEOUT_MS);
    });
    try {
      const [event] = await Promise.all([heard, bringAbout()]);
      return event;
    } finally {
      clearTimeout(timer);
      stopListening();
    }
  }
}

function isEnd({ event }: AnyEvent): boolean {
  return event === 'done' || event === 'failed' || event === 'stopped' || event === 'interrupted';
}
