import { reportError } from '../../common/errors';
import { identify, type FileHashes, type Painting } from '../../queue/painting';
import type { PaintingQueue, QueueEvent } from '../../queue/queue';
import { labelOf, type BatchItem } from './item';
import type { BatchReporter } from './reporter';
import type { BatchRow } from './row';
import { saveTarget, type Target, type Targets } from './target';

export interface BatchOptions {
  readonly queue: PaintingQueue;
  readonly hashes: FileHashes;
  readonly targets: Targets;
  readonly reporter: BatchReporter;
  /** So many at most are in the queue: of a batch of any length no more is held in memory. */
  readonly window: number;
  /** Ends it where it is. */
  readonly signal: AbortSignal;
}

interface Pending {
  readonly painting: Painting;
  readonly item: BatchItem;
  readonly target: Target;
}

/** Has pictures painted by a queue and saves them as they come. One that fails keeps none of the others. */
export class Batch {
  /** By the identifier of the painting; the same one may be wanted in several places. */
  private readonly pending = new Map<string, Pending[]>();
  private readonly saving = new Set<Promise<void>>();
  private wake: () => void = () => undefined;

  constructor(private readonly options: BatchOptions) {}

  /** Ends when all pictures have come to their end, or when the signal is aborted. */
  async run(items: Iterable<BatchItem>): Promise<void> {
    const { queue, signal } = this.options;
    const stopListening = queue.listen(event => this.receive(event));
    const interrupt = () => this.wake();
    signal.addEventListener('abort', interrupt);
    try {
      for (const item of items) {
        await this.roomFor(this.options.window);
        if (signal.aborted) break;
        await this.begin(item);
      }
      await this.roomFor(1);
    } finally {
      stopListening();
      signal.removeEventListener('abort', interrupt);
      await Promise.all(this.saving);
    }
  }

  /** Waits until less than this are under way. */
  private async roomFor(limit: number): Promise<void> {
    const underWay = () => this.pending.size + this.saving.size;
    while (underWay() >= limit && !this.options.signal.aborted)
      await new Promise<void>(resolve => (this.wake = resolve));
  }

  private async begin(item: BatchItem): Promise<void> {
    const { queue, hashes, targets } = this.options;
    try {
      const painting = await identify(item.recipe, hashes);
      const target = await targets.find(item.wanted, painting);
      if (target.isThere) return this.end(item, { status: 'skipped', output: target.file });
      const others = this.pending.get(painting.id) ?? [];
      this.pending.set(painting.id, [...others, { painting, item, target }]);
      if (others.length > 0) return;
      try {
        await queue.add(painting);
      } catch (error) {
        this.take(painting.id).forEach(({ target }) => targets.release(target));
        throw error;
      }
    } catch (error) {
      this.end(item, { status: 'failed', error: reportError(error) });
    }
  }

  private receive(event: QueueEvent): void {
    const known = this.pending.get(event.id);
    const [first] = known ?? [];
    if (first === undefined) return;
    switch (event.event) {
      case 'started':
        return this.options.reporter.started(first.item, event.worker);
      case 'progress':
        return this.options.reporter.progress(first.item, event.step, event.totalSteps);
      case 'done': {
        const save = this.save(event.id, this.take(event.id), event.seconds).finally(() => {
          this.saving.delete(save);
          this.wake();
        });
        this.saving.add(save);
        return;
      }
      case 'failed':
      case 'cancelled':
        for (const { item, target } of this.take(event.id)) {
          this.options.targets.release(target);
          const error = event.event === 'failed' ? event.error : CANCELLED;
          this.end(item, { status: 'failed', error });
        }
        this.wake();
    }
  }

  private take(id: string): readonly Pending[] {
    const taken = this.pending.get(id) ?? [];
    this.pending.delete(id);
    return taken;
  }

  /** Saves one painting wherever it is wanted. Never rejects. */
  private async save(id: string, wanted: readonly Pending[], seconds: number): Promise<void> {
    const { queue, targets } = this.options;
    let failed = false;
    for (const { painting, item, target } of wanted) {
      try {
        const output = await saveTarget(target, await queue.result(id), painting);
        this.end(item, { status: 'done', output, seconds });
      } catch (error) {
        failed = true;
        this.end(item, { status: 'failed', error: reportError(error) });
      } finally {
        targets.release(target);
      }
    }
    // What could not be saved is there for the next time.
    if (!failed) await queue.release(id).catch(() => undefined);
  }

  private end(item: BatchItem, end: Omit<BatchRow, 'index' | 'content' | 'style'>): void {
    const { content } = item.recipe;
    this.options.reporter.ended({ index: item.index, content, style: labelOf(item), ...end });
  }
}

const CANCELLED = { code: 'interrupted', message: 'It was taken out of the queue.' } as const;
