import * as path from 'node:path';
import { EmbeddedQueue } from '../../../src/queue/embeddedQueue';
import { Painter } from '../../../src/queue/painter';
import { FileHashes, identify, type Painting } from '../../../src/queue/painting';
import type { PaintingQueue, QueueEvent } from '../../../src/queue/queue';
import { connectionTo, openClient } from '../../../src/queue/redis/connection';
import { RedisQueue } from '../../../src/queue/redis/redisQueue';
import { RedisWorker, type WorkerEvent } from '../../../src/queue/redis/redisWorker';
import type { BlobStore } from '../../../src/queue/store/blobStore';
import { RedisStore } from '../../../src/queue/store/redisStore';
import type { Recipe } from '../../../src/recipe/recipe';
import type { RedisServer } from '../stage/redisServer';
import { until, type Workshop } from '../stage/workshop';

/** A short painting on the pictures of a workshop. */
export function paintingOf(workshop: Workshop, fields: Partial<Recipe> = {}): Promise<Painting> {
  return identify(workshop.recipe({ size: 32, steps: 3, ...fields }), new FileHashes());
}

export function painterOf(workshop: Workshop, folder: string): Painter {
  return new Painter({
    entry: workshop.engineEntry,
    settings: { device: 'cpu', threads: 1, storage: workshop.storage, mirror: '', turns: false },
    folder: path.join(workshop.folder, folder),
  });
}

/** A queue with all that is told of it. */
export class Watched {
  readonly events: QueueEvent[] = [];

  constructor(readonly queue: PaintingQueue) {
    queue.listen(event => this.events.push(event));
  }

  heard<T extends QueueEvent['event']>(id: string, kind: T): Extract<QueueEvent, { event: T }>[] {
    return this.events.filter(
      (event): event is Extract<QueueEvent, { event: T }> => event.id === id && event.event === kind,
    );
  }

  /** Waits for the `count`-th event of a kind. */
  async first<T extends QueueEvent['event']>(id: string, kind: T, count = 1) {
    await until(() => this.heard(id, kind).length >= count, `${kind} of ${id}`);
    return this.heard(id, kind)[count - 1]!;
  }
}

/** A queue with somebody who paints. */
export interface Opened {
  readonly watched: Watched;
  close(): Promise<void>;
}

export function openEmbedded(workshop: Workshop): Promise<Opened> {
  const queue = new EmbeddedQueue(painterOf(workshop, 'work'));
  return Promise.resolve({ watched: new Watched(queue), close: () => queue.close() });
}

/** How a worker of a test departs from what others are. */
export interface WorkerChanges {
  readonly name?: string;
  readonly store?: BlobStore;
  readonly lockMs?: number;
  readonly limits?: { readonly size: number; readonly steps: number };
}

/** A worker in this process, and all that it tells. */
export async function openWorker(workshop: Workshop, redis: RedisServer, changes: WorkerChanges = {}) {
  const { name = 'worker', store, lockMs = 5000, limits = { size: 64, steps: 1000 } } = changes;
  const connection = await connectionTo(redis.url);
  const client = openClient(connection);
  const told: WorkerEvent[] = [];
  const worker = new RedisWorker({
    ...{ connection, name, lockMs, limits, checkpointMs: 0 },
    store: store ?? new RedisStore(client),
    painter: painterOf(workshop, name),
    folder: path.join(workshop.folder, name, 'inputs'),
    tell: event => told.push(event),
  });
  const close = async () => {
    await worker.close();
    client.disconnect();
  };
  return { told, close };
}

export async function openRedis(redis: RedisServer, store?: BlobStore): Promise<Opened> {
  const connection = await connectionTo(redis.url);
  const client = openClient(connection);
  const queue = new RedisQueue(connection, store ?? new RedisStore(client), client);
  return { watched: new Watched(queue), close: () => queue.close() };
}
