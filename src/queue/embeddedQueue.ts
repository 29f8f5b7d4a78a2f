import { promises as fs } from 'node:fs';
import { AtelierError, reportError, type ErrorReport } from '../common/errors';
import { readFailed } from '../common/fileError';
import { msg } from '../common/messages';
import { ATTEMPTS, isFinal } from './failures';
import type { Painter } from './painter';
import type { Painting } from './painting';
import type { FailedPainting, PaintingQueue, QueueCounts, QueueEvent } from './queue';
import { titleOf } from './title';

/** Progress is told at most this often. */
const PROGRESS_MS = 1000;

/** What is being painted. */
interface Active {
  readonly painting: Painting;
  readonly control: AbortController;
  readonly end: Promise<QueueEvent | undefined>;
}

/** A queue in this process: its paintings are made one after another by one engine, and it ends with the process. */
export class EmbeddedQueue implements PaintingQueue {
  private readonly waiting = new Map<string, Painting>();
  private readonly done = new Map<string, { readonly file: string; readonly seconds: number }>();
  private readonly failed = new Map<string, { readonly painting: Painting; readonly error: ErrorReport }>();
  private active: Active | undefined;
  private readonly listeners = new Set<(event: QueueEvent) => void>();
  private paused = false;
  private closing = false;
  private working: Promise<void> | undefined;

  constructor(private readonly painter: Painter) {}

  add(painting: Painting): Promise<void> {
    const { id } = painting;
    const done = this.done.get(id);
    if (done !== undefined) this.emit({ event: 'done', id, seconds: done.seconds });
    else if (this.active?.painting.id !== id && !this.waiting.has(id)) {
      this.failed.delete(id);
      this.waiting.set(id, painting);
      this.begin();
    }
    return Promise.resolve();
  }

  async cancel(id: string): Promise<void> {
    if (this.waiting.delete(id)) this.emit({ event: 'cancelled', id });
    if (this.active?.painting.id !== id) return;
    this.active.control.abort();
    await this.active.end;
  }

  listen(listener: (event: QueueEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async result(id: string): Promise<Buffer> {
    const done = this.done.get(id);
    if (done === undefined) throw new AtelierError('file-missing', msg`The painting ${id} no longer exists.`);
    try {
      return await fs.readFile(done.file);
    } catch (error) {
      throw readFailed(done.file, error);
    }
  }

  release(id: string): Promise<void> {
    if (this.done.delete(id)) this.painter.discard(id);
    return Promise.resolve();
  }

  counts(): Promise<QueueCounts> {
    return Promise.resolve({
      waiting: this.waiting.size,
      active: this.active === undefined ? 0 : 1,
      done: this.done.size,
      failed: this.failed.size,
      paused: this.paused,
    });
  }

  failures(from: number, count: number): Promise<readonly FailedPainting[]> {
    const latest = [...this.failed].reverse().slice(from, from + count);
    return Promise.resolve(
      latest.map(([id, { painting, error }]) => ({ id, title: titleOf(painting.recipe), error })),
    );
  }

  pause(): Promise<void> {
    this.paused = true;
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.paused = false;
    this.begin();
    return Promise.resolve();
  }

  drain(): Promise<number> {
    const ids = [...this.waiting.keys()];
    this.waiting.clear();
    for (const id of ids) this.emit({ event: 'cancelled', id });
    return Promise.resolve(ids.length);
  }

  async retry(): Promise<number> {
    const failed = [...this.failed.values()];
    for (const { painting } of failed) await this.add(painting);
    return failed.length;
  }

  clean(): Promise<number> {
    const count = this.done.size + this.failed.size;
    for (const id of [...this.done.keys(), ...this.failed.keys()]) this.painter.discard(id);
    this.done.clear();
    this.failed.clear();
    return Promise.resolve(count);
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.painter.close();
    await this.working;
  }

  private begin(): void {
    this.working ??= this.work().finally(() => {
      this.working = undefined;
      // One may have come at the last moment.
      if (this.waiting.size > 0 && !this.paused && !this.closing) this.begin();
    });
  }

  private async work(): Promise<void> {
    // Whoever adds several has added them by then.
    await Promise.resolve();
    while (!this.paused && !this.closing) {
      const [painting] = this.waiting.values();
      if (painting === undefined) return;
      this.waiting.delete(painting.id);
      const control = new AbortController();
      this.active = { painting, control, end: this.paint(painting, control.signal) };
      const end = await this.active.end;
      this.active = undefined;
      if (end !== undefined) this.emit(end);
    }
  }

  /** Never rejects. Nothing is told of a painting that the closing has cut off. */
  private async paint(painting: Painting, signal: AbortSignal): Promise<QueueEvent | undefined> {
    const { id, recipe } = painting;
    this.emit({ event: 'started', id });
    let toldAt = -Infinity;
    const progress = (step: number, totalSteps: number) => {
      if (performance.now() - toldAt < PROGRESS_MS && step < totalSteps) return;
      toldAt = performance.now();
      this.emit({ event: 'progress', id, step, totalSteps });
    };
    for (let attempt = 1; ; attempt++) {
      try {
        const painted = await this.painter.paint(id, recipe, signal, { progress });
        this.done.set(id, painted);
        return { event: 'done', id, seconds: painted.seconds };
      } catch (thrown) {
        if (this.closing) return undefined;
        if (signal.aborted) return { event: 'cancelled', id };
        const error = reportError(thrown);
        if (isFinal(error.code)) this.painter.discard(id);
        else if (attempt < ATTEMPTS) continue;
        this.failed.set(id, { painting, error });
        return { event: 'failed', id, error };
      }
    }
  }

  private emit(event: QueueEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
