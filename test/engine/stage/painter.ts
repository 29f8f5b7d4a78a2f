import { EngineClient, type EngineClientOptions } from '../../../src/engine/process/client';
import type { JobEvent } from '../../../src/protocol/jobEvent';
import { createJob } from '../../../src/jobs/folder';
import type { Recipe } from '../../../src/recipe/recipe';
import { until, type Workshop } from './workshop';

type Named<T extends JobEvent['event']> = Extract<JobEvent, { event: T }>;

/** A client of the engine that remembers everything it heard. */
export class Painter {
  readonly events: { readonly job: string; readonly event: JobEvent }[] = [];
  readonly statuses: string[] = [];
  readonly logs: string[] = [];
  readonly client: EngineClient;

  constructor(
    private readonly workshop: Workshop,
    options: Partial<EngineClientOptions> = {},
  ) {
    this.client = new EngineClient({
      entry: workshop.engineEntry,
      settings: { device: 'cpu', threads: 0, storage: workshop.storage, mirror: '' },
      ...options,
    });
    workshop.onClose(() => this.client.close(0));
    this.client.listen({
      event: (job, event) => this.events.push({ job, event }),
      status: status => this.statuses.push(status),
      log: (level, message) => this.logs.push(`${level}: ${message}`),
    });
  }

  /** Creates a job and has it run. */
  async paint(recipe: Partial<Recipe>): Promise<string> {
    const job = createJob(this.workshop.storage, this.workshop.recipe(recipe));
    await this.client.run(job);
    return job;
  }

  /** Events of a kind about a job so far. */
  heard<T extends JobEvent['event']>(job: string, kind: T): Named<T>[] {
    return this.events
      .filter(entry => entry.job === job && entry.event.event === kind)
      .map(({ event }) => event as Named<T>);
  }

  /** Waits for the first event of a kind, from the `from`-th on. */
  async first<T extends JobEvent['event']>(job: string, kind: T, from = 0): Promise<Named<T>> {
    await until(() => this.heard(job, kind).length > from, `${kind} of ${job}`);
    return this.heard(job, kind)[from]!;
  }

  /** Waits until a job has taken this many steps, whichever. */
  async steps(job: string, count: number): Promise<void> {
    await until(() => this.heard(job, 'step').length >= count, `${count} steps of ${job}`);
  }
}
